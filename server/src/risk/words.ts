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
  const parts = skeleton(name.slice(0, 256))
    .split(PREFIX_SEPARATOR)
    .map(splitWords)
    .filter((part) => part.length > 0);
  const words = parts.flat();
  return { words, start: words.length - (parts.at(-1)?.length ?? 0) };
}

/** `userApiKey` → user, api, key. */
export function splitWords(text: string): readonly string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase());
}

/** A description in plain form for reading: as it looks, on one line, without Markdown emphasis. */
export function plainText(text: string): string {
  return skeleton(text.slice(0, MAX_TEXT))
    .replace(/[\s*`#"“”]+/g, ' ')
    .trim();
}

/** The first clauses of a plain text: what stands between full stops, bars, semicolons, dashes, colons or brackets. At most `limit`. */
export function clauses(text: string, limit: number): readonly string[] {
  const found: string[] = [];
  for (const clause of text.slice(0, 800).split(/[.!?;:|()[\]\n]+(?=\s|$)| - |[|:;()]/)) {
    const trimmed = clause.trim();
    if (trimmed !== '') found.push(trimmed);
    if (found.length === limit) break;
  }
  return found;
}
