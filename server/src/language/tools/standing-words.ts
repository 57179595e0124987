/** What a policy does with a tool, in a word or two: for lenses and hints, where there is no room for a sentence. */
import type { ToolStanding } from '../../policy/index.ts';

const WORDS: Readonly<Record<ToolStanding['standing'], string>> = {
  hidden: 'hidden',
  unsafe: 'cannot be called',
  denied: 'denied',
  allowed: 'allowed',
  conditional: 'allowed under conditions',
  approval: 'needs approval',
};

export function standingWords({ standing }: ToolStanding): string {
  return WORDS[standing];
}
