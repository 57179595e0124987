/** What waits for a person, safe to show: names and values of documents are anyone's. */
import { escapeWhole } from '../../catalog/index.ts';
import { inWords, type Loosening } from '../../comparison/index.ts';
import type { HeldStatus } from '../../protocol/control.ts';

export interface Held {
  /** Of the content that waits. */
  readonly hash: string;
  /** What it lets through, never empty. */
  readonly loosened: readonly Loosening[];
}

export function heldStatus({ hash, loosened }: Held): HeldStatus {
  return {
    hash,
    loosened: loosened.map((each) => ({ about: escapeWhole(each.about), what: escapeWhole(inWords(each)) })),
  };
}
