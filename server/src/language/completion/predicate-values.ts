/** Values for a predicate: what the argument's schema lists or suggests, in the form that the operator wants. */
import { CompletionItemKind } from 'vscode-languageserver';
import type { ArgumentPath } from '../../catalog/index.ts';
import { escapeUntrusted } from '../../catalog/escape.ts';
import { CATEGORIES, RISK_LEVELS } from '../../policy/vocabulary.ts';
import type { Candidate } from './candidate.ts';
import { stop, type Piece } from './insertion.ts';

/** A schema may list thousands of values; a menu with more than this helps nobody. */
const MAX_VALUES = 200;
/** A suggested list longer than this is written by hand. */
const MAX_LIST = 12;

interface Suggestion {
  readonly value: unknown;
  readonly note?: string;
}

/** For `value` itself. */
export function valueCandidates(
  path: string,
  operator: string,
  argument: ArgumentPath | undefined,
): readonly Candidate[] {
  switch (operator) {
    case 'exists':
      return [
        literal({ value: true, note: 'the argument must be there' }),
        literal({ value: false, note: 'it must be missing' }),
      ];
    case 'in':
    case 'not_in':
      return lists(path, argument);
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return numbers(argument);
    case 'regex':
      return [snippet('a pattern', ['"^', stop(1), '$"']), snippet('a beginning', ['"^', stop(1), '"'])];
    default:
      return singles(path, argument);
  }
}

/** For one element of the `value` of `in` and `not_in`. */
export function elementCandidates(path: string, argument: ArgumentPath | undefined): readonly Candidate[] {
  return suggestions(path, argument).map(literal);
}

function singles(path: string, argument: ArgumentPath | undefined): readonly Candidate[] {
  const known = suggestions(path, argument).map(literal);
  return known.length > 0 ? known : blanks(argument);
}

/** Where the schema suggests no value, at least its type is known. */
function blanks(argument: ArgumentPath | undefined): readonly Candidate[] {
  const types = argument?.types ?? [];
  const blank = [
    ...(types.includes('string') || types.length === 0 ? [snippet('a text', ['"', stop(1), '"'])] : []),
    ...(types.includes('number') || types.includes('integer') ? [snippet('a number', [stop(1, '0')])] : []),
    ...(types.includes('array') ? [snippet('a list', ['[', stop(1), ']'])] : []),
    ...(types.includes('object') ? [snippet('an object', ['{', stop(1), '}'])] : []),
  ];
  return blank;
}

function lists(path: string, argument: ArgumentPath | undefined): readonly Candidate[] {
  const known = suggestions(path, argument).map(({ value }) => value);
  const empty = snippet('a list', ['[', stop(1), ']']);
  if (known.length === 0 || known.length > MAX_LIST) return [empty];
  const text = `[${known.map((value) => JSON.stringify(value)).join(', ')}]`;
  const all: Candidate = {
    ...empty,
    label: escapeUntrusted(text),
    filter: text,
    text: [text],
    note: 'every value in the schema',
  };
  return [empty, all];
}

function numbers(argument: ArgumentPath | undefined): readonly Candidate[] {
  const known = suggestions('', argument).filter(({ value }) => typeof value === 'number');
  const bounds = [
    { value: argument?.minimum, note: 'minimum in the schema' },
    { value: argument?.maximum, note: 'maximum in the schema' },
  ].filter(({ value }) => typeof value === 'number');
  return [...[...known, ...bounds].map(literal), snippet('a number', [stop(1, '0')])];
}

function suggestions(path: string, argument: ArgumentPath | undefined): readonly Suggestion[] {
  const root = ROOT_VALUES.get(path);
  if (root !== undefined) return root.map((value) => ({ value }));
  if (argument === undefined) return [];
  const found: Suggestion[] = [
    ...(argument.const === undefined ? [] : [{ value: argument.const, note: 'the only value' }]),
    ...(argument.enum ?? []).map((value) => ({ value })),
    ...(argument.types.includes('boolean') ? [{ value: true }, { value: false }] : []),
    ...(argument.default === undefined ? [] : [{ value: argument.default, note: 'default in the schema' }]),
    ...(argument.examples ?? []).map((value) => ({ value, note: 'example in the schema' })),
  ];
  return distinct(found).slice(0, MAX_VALUES);
}

const ROOT_VALUES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['tool.category', CATEGORIES],
  ['tool.risk', RISK_LEVELS],
]);

function distinct(found: readonly Suggestion[]): readonly Suggestion[] {
  const byText = new Map<string, Suggestion>();
  for (const suggestion of found) {
    const text = JSON.stringify(suggestion.value);
    if (text !== undefined && !byText.has(text)) byText.set(text, suggestion);
  }
  return [...byText.values()];
}

function literal({ value, note }: Suggestion): Candidate {
  const text = JSON.stringify(value);
  return {
    label: escapeUntrusted(text),
    kind: CompletionItemKind.Value,
    filter: typeof value === 'string' ? value : text,
    text: [text],
    ...(note === undefined ? {} : { note }),
    rank: 0,
  };
}

function snippet(label: string, text: readonly Piece[]): Candidate {
  return { label, kind: CompletionItemKind.Snippet, filter: label, text, rank: 1 };
}
