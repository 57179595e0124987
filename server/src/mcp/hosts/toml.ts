/** Reads TOML into the tree that every reader here walks. The parser gives no places, so every span is that of the whole text. */
import { parse, TomlDate, TomlError } from 'smol-toml';
import type { JsonMember, JsonNode, Span } from '../../policy/json/node.ts';
import type { JsoncReading } from './jsonc.ts';

export function readToml(text: string): JsoncReading {
  const whole: Span = { start: 0, end: text.length };
  try {
    return { root: convert(parse(text.replace(/^\uFEFF/, '')), whole), problems: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = `This is not TOML (line ${error.line}). Servers of this file are missing until it is mended.`;
    return { root: undefined, problems: [{ severity: 'error', message, pointer: '', span: whole }] };
  }
}

function convert(value: unknown, span: Span): JsonNode {
  if (typeof value === 'string') return { kind: 'string', ...span, value };
  if (typeof value === 'boolean') return { kind: 'boolean', ...span, value };
  if (typeof value === 'number' || typeof value === 'bigint')
    return { kind: 'number', ...span, value: Number(value), text: String(value), exact: true };
  if (Array.isArray(value)) return { kind: 'array', ...span, items: value.map((item) => convert(item, span)) };
  if (value instanceof TomlDate) return { kind: 'string', ...span, value: value.toISOString() };
  const members = Object.entries(value as object).map(([key, each]): [string, JsonMember] => [
    key,
    { key: span, value: convert(each, span) },
  ]);
  return { kind: 'object', ...span, members: new Map(members) };
}
