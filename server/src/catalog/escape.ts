/**
 * Text from servers and policies, made safe to show.
 * Owns the one list of characters that can hide, reorder or fake text. It must not know where the text is shown: Markdown and HTML escaping are the surface's own business.
 */
import { remembering } from './remembering.ts';

/**
 * Everything invisible or able to reorder its neighbours: control, format (zero-width, bidi, tag characters), surrogate, unassigned and private-use
 * characters, separators other than the space, letters without ink, and the variation selectors that smuggle bytes.
 */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Zs}\u115F\u1160\u2800\u3164\uFFA0\u{E0100}-\u{E01EF}]/gu;
const UNSAFE_BUT_LINES = /(?![\n\t])[\p{C}\p{Zl}\p{Zp}\p{Zs}\u115F\u1160\u2800\u3164\uFFA0\u{E0100}-\u{E01EF}]/gu;

const BEYOND_PRINTABLE = /[^\u0020-\u007E]/;
/** For a quick look: most texts hold nothing else. */
const BEYOND_PLAIN = /[^\t\n\r\u0020-\u007E]/;
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0\u{E0100}-\u{E01EF}]/u;

export interface EscapeOptions {
  /** Longest result in code points, the closing `…` included. Default 200. */
  readonly max?: number;
  /** Keep line feeds and tabs: for a hover, where a description may span lines. Default false. */
  readonly lines?: boolean;
}

/** The text with every unsafe character written as `\u{hex}`, cut to `max` code points. Never throws. */
export function escapeUntrusted(text: string, options: EscapeOptions = {}): string {
  const max = options.max ?? 200;
  if (text.length <= max && !BEYOND_PRINTABLE.test(text)) return text;
  // Two code units are at most one code point each, so this cut bounds the work on hostile lengths before anything is replaced.
  const head = text.slice(0, (max + 1) * 2);
  const escaped = head.replace(options.lines ? UNSAFE_BUT_LINES : UNSAFE, (character) =>
    character === ' ' ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
  if (escaped.length <= max && head.length === text.length) return escaped;
  const points = Array.from(escaped);
  if (points.length <= max && head.length === text.length) return escaped;
  return points.slice(0, max - 1).join('') + '…';
}

/** As `escapeUntrusted`, and nothing is cut: what is not shown would be accepted unseen. */
export function escapeWhole(text: string, options: Omit<EscapeOptions, 'max'> = {}): string {
  return escapeUntrusted(text, { ...options, max: text.length * 10 });
}

/** Whether the text holds a character that `escapeUntrusted` would rewrite; line feeds, carriage returns and tabs do not count. */
export function hasHiddenCharacters(text: string): boolean {
  return hiddenCharacters(text).length > 0;
}

const isHidden = remembering((character) => HIDDEN.test(character), { longest: 2 });

/** The hidden characters of a text, each once, in order of appearance; at most `limit` of them. Ordinary spaces, also wide ones, and line ends do not count. */
export function hiddenCharacters(text: string, limit = 8): readonly string[] {
  if (!BEYOND_PLAIN.test(text)) return [];
  // A hostile text may hold one of them millions of times: each is looked at once.
  return [...new Set(text)].filter((character) => BEYOND_PLAIN.test(character) && isHidden(character)).slice(0, limit);
}
