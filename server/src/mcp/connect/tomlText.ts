/** Puts a table at the end of a TOML text, or takes one out. Everything else stays byte for byte. */
import { parse, stringify } from 'smol-toml';

/** A table at the end of the text belongs to no other, whatever stands before. `value`: texts and lists of texts. */
export function appendTable(text: string, path: readonly string[], value: unknown): string {
  const eol = eolOf(text);
  const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  return text + gap + tableText(path, value, eol);
}

/** Of a table that a person wrote the lines from its header to the next one. Whoever calls must read what is left: a text may look like a header. */
export function cutTable(text: string, path: readonly string[], value: unknown): string {
  const eol = eolOf(text);
  const table = tableText(path, value, eol);
  const start = text.lastIndexOf(table);
  if (start < 0) return withoutLines(text, path);
  const head = text.slice(0, start);
  return (head.endsWith(eol + eol) ? head.slice(0, -eol.length) : head) + text.slice(start + table.length);
}

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

function tableText(path: readonly string[], value: unknown, eol: string): string {
  const whole = path.reduceRight((inner, key) => ({ [key]: inner }), value);
  return `${stringify(whole).trim()}\n`.replaceAll('\n', eol);
}

/** Without the table at `path` and those below it. Remarks above the next header belong to that. */
function withoutLines(text: string, path: readonly string[]): string {
  const kept: string[] = [];
  let held: string[] = [];
  let isCut = false;
  for (const line of text.split(/(?<=\n)/)) {
    const keys = keysOf(line);
    if (keys !== undefined) {
      isCut = path.every((key, index) => keys[index] === key);
      if (!isCut) kept.push(...held);
      held = [];
    }
    if (!isCut) kept.push(line);
    else if (/^\s*(#.*)?$/.test(line.trimEnd())) held.push(line);
    else held = [];
  }
  return kept.join('') + (isCut ? held.filter((line) => line.includes('#')).join('') : '');
}

/** Of a line that is the header of a table. */
function keysOf(line: string): readonly string[] | undefined {
  if (!/^\s*\[[^[]/.test(line)) return undefined;
  const keys: string[] = [];
  try {
    for (let value: unknown = parse(line); ;) {
      const [entry] = Object.entries(value as object);
      if (entry === undefined) return keys;
      keys.push(entry[0]);
      value = entry[1];
    }
  } catch {
    return undefined; // Something else that begins with a bracket.
  }
}
