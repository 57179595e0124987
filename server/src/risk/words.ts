/** Splits names and descriptions of tools into words. Knows nothing of what words mean. */
import { skeleton } from '../catalog/confusable.ts';

/** Longest part of a description that is read; what matters stands at the start. */
const MAX_TEXT = 2_000;

export interface NameWords {
  /** Lower case, in order: `TwilioApi--DeleteKey_2` → twilio, api, delete, key, 2. */
  readonly words: readonly string[];
  /** Where the last part begins that separators such as `--`, `__`, `.`, `/` or `:` set apart: what stands before it is a prefix. */
  readonly start: number;
}

const PREFIX_SEPARATOR = /--|__|[./:]/;
/** `n8n`, `k8s` and `neo4j` are one word; in `delete2` the digits stand apart. */
const WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+(?:\d+\p{Ll}{1,2}(?!\p{L}))?|\p{Lo}+|\d+/gu;

/** The words of a name as it looks to a reader: hidden characters and look-alike letters change nothing. */
export function nameWords(name: string): NameWords {
  const plain = skeleton(name.slice(0, 256));
  if (!PREFIX_SEPARATOR.test(plain)) return { words: splitWords(plain), start: 0 };
  const parts = plain
    .split(PREFIX_SEPARATOR)
    .map(splitWords)
    .filter((part) => part.length > 0);
  const words = parts.flat();
  return { words, start: words.length - (parts.at(-1)?.length ?? 0) };
}

/** `userApiKey` → user, api, key. */
export function splitWords(text: string): readonly string[] {
  const words = text.match(BEYOND_ASCII.test(text) ? WORD : ASCII_WORD) ?? NO_WORDS;
  return words.map((word) => word.toLowerCase());
}

/** The words of a clause in lower case, with the commas and slashes that may join verbs. */
export function clauseWords(clause: string): readonly string[] {
  return clause.toLowerCase().match(BEYOND_ASCII.test(clause) ? CLAUSE_WORD : ASCII_CLAUSE_WORD) ?? NO_WORDS;
}

const BEYOND_ASCII = /[^\0-\x7F]/;
const NO_WORDS: readonly string[] = [];
/** The same as `WORD`; Unicode classes cost several times as much, and most names need none. */
const ASCII_WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+(?:\d+[a-z]{1,2}(?![A-Za-z]))?|\d+/g;
const CLAUSE_WORD = /[\p{L}\p{N}'-]+|[,/&]/gu;
const ASCII_CLAUSE_WORD = /[a-z0-9'-]+|[,/&]/g;

/** What is no plain text: line ends, tabs, emphasis, quotes. Single spaces, by far the most frequent, are left alone. */
const MARKS = /[^\S ]+|[*`#"“”]+| {2,}/g;

/** A description in plain form for reading: as it looks, on one line, without Markdown emphasis. */
export function plainText(text: string): string {
  const visible = skeleton(text.slice(0, MAX_TEXT));
  const unmarked = visible.replace(MARKS, ' ');
  return (unmarked === visible ? visible : unmarked.replace(/ {2,}/g, ' ')).trim();
}

/** Ends of clauses: full stops, bars, semicolons, dashes, colons, brackets. */
const CLAUSE_END = /[.!?;:|()[\]]+(?=\s|$)| - |[|:;()]/;

/** The clauses of a plain text, from its first 800 characters. At most `limit`. */
export function clauses(text: string, limit: number): readonly string[] {
  const found: string[] = [];
  let rest = text.slice(0, 800);
  while (rest !== '' && found.length < limit) {
    const end = CLAUSE_END.exec(rest);
    const clause = (end ? rest.slice(0, end.index) : rest).trim();
    if (clause !== '') found.push(clause);
    rest = end ? rest.slice(end.index + end[0].length) : '';
  }
  return found;
}
