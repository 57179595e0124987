/** Edits of policies that wait, for people at a terminal. */
import { escapeUntrusted } from '../../catalog/index.ts';
import type { Loosening } from '../../comparison/index.ts';

export interface HeldEdit {
  readonly server: string;
  /** Absolute path of the policy. */
  readonly file: string;
  readonly hash: string;
  readonly loosened: readonly Loosening[];
}

export function printHeld(held: readonly HeldEdit[]): string {
  if (held.length === 0) return 'Nothing waits: what the files hold is in force, or restricts more.\n';
  return held.map(printOne).join('\n');
}

function printOne({ server, file, hash, loosened }: HeldEdit): string {
  const lines = loosened.map(({ about, what }) => `  ${escapeUntrusted(about)}: ${escapeUntrusted(what)}\n`);
  return `${escapeUntrusted(server)}: ${escapeUntrusted(file)} (${hash}) lets through more than the policy in force:\n${lines.join('')}`;
}
