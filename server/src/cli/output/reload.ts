/** Edits that wait, for people at a terminal. */
import { escapeWhole } from '../../catalog/index.ts';
import { inWords } from '../../comparison/index.ts';
import type { HeldEdit } from '../heldEdits.ts';

export function printHeld(held: readonly HeldEdit[]): string {
  if (held.length === 0) return 'Nothing waits: what the files hold is in force, or restricts more.\n';
  return held.map(printOne).join('\n');
}

const WORDS: Readonly<Record<HeldEdit['what'], string>> = {
  policy: 'lets through more than the policy in force',
  'grant-policy': 'lets through more than the policy in force',
  lock: 'counts more as reviewed than a person has accepted',
  configuration: 'and the files that define servers are looser than what a person has accepted',
};

function printOne({ what, server, file, hash, loosened }: HeldEdit): string {
  const lines = loosened.map((each) => `  ${escapeWhole(each.about)}: ${escapeWhole(inWords(each))}\n`);
  const owner = server === '' ? '' : `${escapeWhole(server)}: `;
  return `${owner}${escapeWhole(file)} (${hash.slice(0, 12)}) ${WORDS[what]}:\n${lines.join('')}`;
}
