/** JSON values as the engine's nodes, for values that come from a schema or from ourselves. */
import type { JsonNode } from '../../policy/index.ts';

const NOWHERE = { start: 0, end: 0 };

/** `value`: what JSON can hold; anything else reads as null. */
export function nodeOf(value: unknown): JsonNode {
  if (typeof value === 'string') return { kind: 'string', value, ...NOWHERE };
  if (typeof value === 'boolean') return { kind: 'boolean', value, ...NOWHERE };
  if (typeof value === 'number') return { kind: 'number', text: String(value), value, exact: true, ...NOWHERE };
  if (Array.isArray(value)) return { kind: 'array', items: value.map(nodeOf), ...NOWHERE };
  if (typeof value !== 'object' || value === null) return { kind: 'null', ...NOWHERE };
  const members = Object.entries(value).map(([key, each]) => [key, { key: NOWHERE, value: nodeOf(each) }] as const);
  return { kind: 'object', members: new Map(members), ...NOWHERE };
}
