/** From category to level: the base, and what lifts a tool above it. */
import type { Category, RiskLevel } from '../policy/vocabulary.ts';
import type { CodeInput } from './inputs.ts';
import { POWER_NOUNS, SECRET_NOUNS, SECRET_PAIRS } from './vocabulary/nouns.ts';

const BASE: Readonly<Record<Category, RiskLevel>> = {
  Read: 'low',
  Write: 'medium',
  Execute: 'high',
  Destructive: 'critical',
  Financial: 'critical',
};

export interface Leveled {
  readonly level: RiskLevel;
  /** Why the level is above the category's base. */
  readonly why?: string;
}

/** The level of a category with what the name adds, and the code that the tool runs. */
export function levelOf(category: Category, words: readonly string[], code: CodeInput | undefined): Leveled {
  switch (category) {
    case 'Read':
      if (code)
        return {
          level: 'medium',
          why: `It runs what the agent writes, and only the server keeps that to reading: ${code.text}.`,
        };
      return lifted('medium', secretWord(words), BASE.Read, (word) => `It reads secrets: "${word}" in the name.`);
    case 'Write':
      return lifted(
        'high',
        powerWord(words),
        BASE.Write,
        (word) => `It changes who may do what, or where events go: "${word}" in the name.`,
      );
    case 'Execute':
      return lifted('critical', code?.text, BASE.Execute, (text) => `It runs whatever the agent writes: ${text}.`);
    case 'Destructive':
    case 'Financial':
      return { level: BASE[category] };
  }
}

function lifted(
  level: RiskLevel,
  evidence: string | undefined,
  base: RiskLevel,
  why: (evidence: string) => string,
): Leveled {
  return evidence === undefined ? { level: base } : { level, why: why(evidence) };
}

function secretWord(words: readonly string[]): string | undefined {
  return words.find((word) => SECRET_NOUNS.has(word)) ?? pair(words, SECRET_PAIRS);
}

function powerWord(words: readonly string[]): string | undefined {
  return words.find((word) => POWER_NOUNS.has(word)) ?? pair(words, SECRET_PAIRS);
}

/** The first words of pairs: most words are none. */
const PAIRED = new Set([...SECRET_PAIRS].map((words) => words.split('_', 1)[0] ?? ''));

function pair(words: readonly string[], pairs: ReadonlySet<string>): string | undefined {
  const at = words.findIndex((word, index) => PAIRED.has(word) && pairs.has(`${word}_${words[index + 1] ?? ''}`));
  return at < 0 ? undefined : `${words[at]} ${words[at + 1]}`;
}
