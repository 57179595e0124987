/** Puts a table at the end of a TOML text, or takes out one that was put there. Everything else stays byte for byte. */
import { stringify } from 'smol-toml';

/** A table at the end of the text belongs to no other, whatever stands before. `value`: texts and lists of texts. */
export function appendTable(text: string, path: readonly string[], value: unknown): string {
  const eol = eolOf(text);
  const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  return text + gap + tableText(path, value, eol);
}

/** Undefined where the table was written in another way: then it is a person's, and theirs to cut. */
export function cutTable(text: string, path: readonly string[], value: unknown): string | undefined {
  const eol = eolOf(text);
  const table = tableText(path, value, eol);
  const start = text.lastIndexOf(table);
  if (start < 0) return undefined;
  const head = text.slice(0, start);
  return (head.endsWith(eol + eol) ? head.slice(0, -eol.length) : head) + text.slice(start + table.length);
}

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

function tableText(path: readonly string[], value: unknown, eol: string): string {
  const whole = path.reduceRight((inner, key) => ({ [key]: inner }), value);
  return `${stringify(whole).trim()}\n`.replaceAll('\n', eol);
}
