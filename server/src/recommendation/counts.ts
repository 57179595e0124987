/** A plan in numbers and words: what people are told before they accept it. Pure. */
import type { Plan } from './plan.ts';
import { OUTCOMES, outcomeOf, type Outcome, type ToolRule } from './profile.ts';

export type Counts = Readonly<Record<Outcome, number>>;

export function countOutcomes(tools: Plan['tools']): Counts {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const { rule } of tools) counts[outcomeOf(rule)] += 1;
  return counts;
}

export function outcomeInWords(outcome: Outcome): string {
  return WORDS[outcome];
}

/** `limited to 30 calls a minute`. */
export function ruleInWords(rule: ToolRule): string {
  const limit = rule.kind === 'entry' ? rule.entry.limits?.[0] : undefined;
  return limit ? `limited to ${limit.max} calls a ${limit.window}` : WORDS[outcomeOf(rule)];
}

const WORDS: Readonly<Record<Outcome, string>> = {
  hidden: 'hidden',
  denied: 'denied',
  approval: 'held for approval',
  limited: 'limited',
  allowed: 'allowed',
};

/** `10 allowed, 4 limited, 1 hidden`: what agents can do first, nothing that is 0. */
export function countsInWords(counts: Counts): string {
  const parts = [...OUTCOMES].reverse().filter((outcome) => counts[outcome] > 0);
  return parts.length === 0 ? 'no tools' : parts.map((outcome) => `${counts[outcome]} ${WORDS[outcome]}`).join(', ');
}
