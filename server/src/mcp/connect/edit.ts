/**
 * Puts one entry into a client's configuration, or takes it out, and leaves every other byte as it is. What comes out is read again:
 * unless it says exactly what it said before plus (or minus) that entry, nothing is proposed.
 */
import { isDeepStrictEqual } from 'node:util';
import { toValue } from '../../policy/json/value.ts';
import type { Host } from '../hosts/host.ts';
import { readText } from '../hosts/text.ts';
import { addMember, removeMember } from './jsonText.ts';
import { appendTable, cutTable } from './tomlText.ts';

type Format = Pick<Host, 'format'>;
export type Values = Readonly<Record<string, unknown>>;

/** Undefined: this text cannot be edited safely by a program. An absent file is the empty text. */
export function withEntry(
  format: Format,
  text: string,
  at: readonly string[],
  name: string,
  entry: Values,
): string | undefined {
  const before = valuesOf(format, text);
  if (before === undefined || !isPassable(before, at)) return undefined;
  const present = entryAt(before, at, name);
  if (isDeepStrictEqual(present, entry)) return text;
  const base = present === undefined ? text : withoutEntry(format, text, at, name);
  if (base === undefined) return undefined;
  const after =
    format.format === 'toml' ? appendTable(base, [...at, name], entry) : addMember(base, [...at, name], entry);
  return isDeepStrictEqual(valuesOf(format, after), changed(before, [...at, name], entry)) ? after : undefined;
}

/** As `withEntry`; the text itself where there is no such entry. */
export function withoutEntry(format: Format, text: string, at: readonly string[], name: string): string | undefined {
  const before = valuesOf(format, text);
  if (before === undefined) return undefined;
  const present = entryAt(before, at, name);
  if (present === undefined) return text;
  const after = format.format === 'toml' ? cutTable(text, [...at, name], present) : removeMember(text, [...at, name]);
  if (after === undefined) return undefined;
  const rest = valuesOf(format, after);
  const isClean =
    rest !== undefined && isDeepStrictEqual(pruned(rest, at), pruned(changed(before, [...at, name], undefined), at));
  return isClean ? after : undefined;
}

/** What the text says; undefined when it is broken or no object. */
export function valuesOf(format: Format, text: string): Values | undefined {
  if (text.replace(/^\uFEFF/, '').trim() === '') return {};
  const { root, problems } = readText(format, text);
  return problems.length === 0 && root?.kind === 'object' ? (toValue(root, 'double') as Values) : undefined;
}

export function entryAt(values: Values, at: readonly string[], name: string): unknown {
  let value: unknown = values;
  for (const key of [...at, name]) value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** Whether only objects stand on the way, as far as anything does. */
function isPassable(values: Values, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined || !Object.hasOwn(values, key)) return true;
  const next = values[key];
  return isRecord(next) && isPassable(next, rest);
}

/** A copy with another value at `path`; undefined takes it out. */
export function changed(values: Values, [key, ...rest]: readonly string[], value: unknown): Values {
  if (key === undefined) return values;
  const { [key]: present, ...others } = values;
  if (rest.length === 0) return value === undefined ? others : { ...values, [key]: value };
  return { ...values, [key]: changed(isRecord(present) ? present : {}, rest, value) };
}

/** Without the object of servers where it is empty: TOML has no trace of an empty table. */
export function pruned(values: Values, at: readonly string[]): Values {
  const servers = entryAt(values, at.slice(0, -1), at.at(-1) ?? '');
  return isRecord(servers) && Object.keys(servers).length === 0 ? changed(values, at, undefined) : values;
}

const isRecord = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
