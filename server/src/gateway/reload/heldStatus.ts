/** What waits for a person, safe to show: names and values of documents are anyone's. */
import { escapeUntrusted } from '../../catalog/index.ts';
import { inWords, type Loosening } from '../../comparison/index.ts';
import type { HeldStatus } from '../../protocol/control.ts';

export interface Held {
  /** Of the content that waits. */
  readonly hash: string;
  /** What it lets through, never empty. */
  readonly loosened: readonly Loosening[];
}

/** Nothing is cut: what is not shown would be accepted unseen. */
export function heldStatus({ hash, loosened }: Held): HeldStatus {
  return { hash, loosened: loosened.map((each) => ({ about: whole(each.about), what: whole(inWords(each)) })) };
}

function whole(text: string): string {
  return escapeUntrusted(text, { max: text.length * 10 });
}
