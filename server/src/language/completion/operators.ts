/** Operators that can apply to an argument of the given type (policy language §4: a mismatch cannot be evaluated, so it would only ever deny). */
import { CompletionItemKind } from 'vscode-languageserver';
import type { ArgumentPath } from '../../catalog/index.ts';
import { paragraph } from '../document/prose.ts';
import type { Schema } from '../schema/walk.ts';
import { quoted, type Candidate } from './candidate.ts';

interface Meaning {
  readonly text: string;
  /** JSON types it can judge; absent: all. */
  readonly types?: readonly string[];
}

const NUMBERS = ['number', 'integer'];

const MEANINGS: Readonly<Record<string, Meaning>> = {
  eq: { text: 'equals the value' },
  neq: { text: 'differs from the value' },
  in: { text: 'is one of the values' },
  not_in: { text: 'is none of the values' },
  lt: { text: 'is less than the value', types: NUMBERS },
  lte: { text: 'is at most the value', types: NUMBERS },
  gt: { text: 'is greater than the value', types: NUMBERS },
  gte: { text: 'is at least the value', types: NUMBERS },
  regex: { text: 'matches the regular expression (RE2 syntax, anywhere in the text)', types: ['string'] },
  contains: { text: 'contains the text, or the element', types: ['string', 'array'] },
  exists: { text: 'is there at all (true) or is missing (false)' },
};

/** In the schema's order; those that fit only this type of argument come first. */
export function operatorCandidates(
  schemas: readonly Schema[],
  argument: ArgumentPath | undefined,
): readonly Candidate[] {
  const names = schemas.flatMap((schema) => schema.enum ?? []).filter((name) => typeof name === 'string');
  return names.filter((name) => fits(name, argument)).map((name) => toCandidate(name, argument));
}

export function fits(operator: string, argument: ArgumentPath | undefined): boolean {
  const wanted = MEANINGS[operator]?.types;
  if (wanted === undefined || argument === undefined || argument.types.length === 0) return true;
  return argument.types.some((type) => wanted.includes(type));
}

export function operatorMeaning(operator: string): string | undefined {
  return Object.hasOwn(MEANINGS, operator) ? MEANINGS[operator]?.text : undefined;
}

function toCandidate(name: string, argument: ArgumentPath | undefined): Candidate {
  const meaning = operatorMeaning(name);
  const special = argument !== undefined && MEANINGS[name]?.types !== undefined;
  return {
    label: name,
    kind: CompletionItemKind.Operator,
    filter: name,
    text: quoted(name),
    ...(meaning === undefined ? {} : { note: meaning, documentation: [paragraph(`The argument ${meaning}.`)] }),
    rank: special ? 0 : 1,
  };
}
