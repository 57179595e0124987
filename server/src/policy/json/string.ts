/** Reads one JSON string (RFC 8259 §7). A slice of the text where nothing is escaped. */
import { Unreadable } from './syntax.ts';

export interface StringReading {
  readonly value: string;
  /** Offset after the closing quote. */
  readonly end: number;
  /** False when half of a surrogate pair stands alone, also one written as an escape. */
  readonly wellFormed: boolean;
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const HEX4 = /^[0-9A-Fa-f]{4}$/;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Reads the string whose opening quote stands at `start`. Throws `Unreadable`. */
export function readString(text: string, start: number): StringReading {
  let at = start + 1;
  let chunk = at;
  let value = '';
  let suspect = false;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      value = value === '' ? text.slice(chunk, at) : value + text.slice(chunk, at);
      return { value, end: at + 1, wellFormed: !suspect || !LONE_SURROGATE.test(value) };
    }
    if (code === 0x5c) {
      value += text.slice(chunk, at) + unescape(text, at);
      at += text.charCodeAt(at + 1) === 0x75 ? 6 : 2;
      chunk = at;
      suspect = true;
    } else if (code >= 0x20) {
      if (code >= 0xd800 && code <= 0xdfff) suspect = true;
      at++;
    } else throw brokenString(text, start, at);
  }
}

function unescape(text: string, at: number): string {
  const letter = text.charAt(at + 1);
  if (letter !== 'u') {
    const character = ESCAPES.get(letter);
    if (character === undefined) throw badEscape(at, Math.min(at + 2, text.length));
    return character;
  }
  const hex = text.slice(at + 2, at + 6);
  if (!HEX4.test(hex)) throw badEscape(at, at + 2);
  return String.fromCharCode(Number.parseInt(hex, 16));
}

function badEscape(start: number, end: number): Unreadable {
  const allowed = String.raw`\" \\ \/ \b \f \n \r \t and \u with four hexadecimal digits`;
  return Unreadable.syntax(`JSON has no such escape. It knows ${allowed}; write \\\\ for a backslash.`, start, end);
}

function brokenString(text: string, start: number, at: number): Unreadable {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code) || code === 0x0a || code === 0x0d) {
    return Unreadable.syntax('This string is not closed. Add the closing quote.', start, at);
  }
  const escape = `\\u${code.toString(16).padStart(4, '0')}`;
  return Unreadable.syntax(`A control character stands in this string. Write it as ${escape}.`, at, at + 1);
}
