/**
 * The tokens of a text that is perhaps JSON. Never fails: what is no JSON token is a `word`; a string ends with its line when its quote is
 * missing; comments are skipped as if they were space. One pass over the characters, because it runs on every keystroke.
 */

export type Token = Scalar | Sign;

export interface Scalar {
  readonly kind: 'string' | 'number' | 'boolean' | 'null' | 'word';
  readonly start: number;
  readonly end: number;
  /** A `word` is a token that is no JSON (an unquoted name, for instance), as written. */
  readonly value: string | number | boolean | null;
  /** Whether a string has its closing quote. */
  readonly closed: boolean;
}

export interface Sign {
  readonly kind: '{' | '}' | '[' | ']' | ':' | ',' | 'end';
  readonly start: number;
  readonly end: number;
}

export type TokenKind = Token['kind'];

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;
/** By character code; a list, since a map's look-up is felt here. */
const PUNCTUATION: readonly (Sign['kind'] | undefined)[] = signsByCode(['{', '}', '[', ']', ':', ',']);

export class Tokenizer {
  readonly #text: string;
  #at: number;

  /** @param from - Offset to begin at; it must not be inside a token. */
  constructor(text: string, from = 0) {
    this.#text = text;
    this.#at = from;
  }

  /** The next token; at the end of the text always `end`. */
  next(): Token {
    this.#skip();
    const start = this.#at;
    const code = this.#text.charCodeAt(start);
    const punctuation = PUNCTUATION[code];
    if (punctuation !== undefined) return this.#sign(punctuation, start, start + 1);
    if (code === QUOTE) return this.#string(start);
    return start >= this.#text.length ? this.#sign('end', start, start) : this.#word(start);
  }

  #sign(kind: Sign['kind'], start: number, end: number): Sign {
    this.#at = end;
    return { kind, start, end };
  }

  #scalar(kind: Scalar['kind'], start: number, end: number, value: Scalar['value'], closed = true): Scalar {
    this.#at = end;
    return { kind, start, end, value, closed };
  }

  /** Over white space and comments. */
  #skip(): void {
    const text = this.#text;
    let at = this.#at;
    for (;;) {
      let code = text.charCodeAt(at);
      while (isSpace(code)) code = text.charCodeAt(++at);
      const end = code === SLASH ? commentEnd(text, at) : undefined;
      if (end === undefined) break;
      at = end;
    }
    this.#at = at;
  }

  #string(start: number): Scalar {
    const text = this.#text;
    let escaped = false;
    let end = start + 1;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === QUOTE) return this.#scalar('string', start, end + 1, content(text.slice(start, end + 1), escaped));
      if (isLineEnd(code)) break;
      if (code !== BACKSLASH) continue;
      escaped = true;
      // What it escapes is no quote and no second backslash; a line still ends the string.
      if (!isLineEnd(text.charCodeAt(end + 1))) end++;
    }
    end = Math.min(end, text.length);
    return this.#scalar('string', start, end, content(`${text.slice(start, end)}"`, escaped), false);
  }

  #word(start: number): Scalar {
    const text = this.#text;
    let end = start + 1;
    while (end < text.length && !endsWord(text.charCodeAt(end))) end++;
    const word = text.slice(start, end);
    if (word === 'true' || word === 'false') return this.#scalar('boolean', start, end, word === 'true');
    if (word === 'null') return this.#scalar('null', start, end, null);
    return NUMBER.test(word)
      ? this.#scalar('number', start, end, Number(word))
      : this.#scalar('word', start, end, word);
  }
}

function signsByCode(signs: readonly Sign['kind'][]): readonly (Sign['kind'] | undefined)[] {
  const byCode = new Array<Sign['kind'] | undefined>(128).fill(undefined);
  for (const sign of signs) byCode[sign.charCodeAt(0)] = sign;
  return byCode;
}

/** What a quoted text says; of a text with a broken escape everything as it stands. */
function content(quoted: string, escaped: boolean): string {
  const raw = quoted.slice(1, -1);
  if (!escaped) return raw;
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return raw;
  }
}

function commentEnd(text: string, start: number): number | undefined {
  if (text.startsWith('//', start)) {
    let end = start;
    while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
    return end;
  }
  if (!text.startsWith('/*', start)) return undefined;
  const end = text.indexOf('*/', start + 2);
  return end < 0 ? text.length : end + 2;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

function endsWord(code: number): boolean {
  return isSpace(code) || code === QUOTE || code === SLASH || PUNCTUATION[code] !== undefined;
}
