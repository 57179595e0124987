/** Deep questions about trees (policy language §4). Numbers are compared as doubles: callers have excluded inexact ones. */
import type { JsonArray, JsonNode, JsonObject } from './node.ts';

/** Deep JSON equality: `1` equals `1.0`, the order of keys does not count. */
export function deepEqual(a: JsonNode, b: JsonNode): boolean {
  switch (a.kind) {
    case 'null':
      return b.kind === 'null';
    case 'array':
      return b.kind === 'array' && sameItems(a, b);
    case 'object':
      return b.kind === 'object' && sameMembers(a, b);
    default:
      return a.kind === b.kind && a.value === b.value;
  }
}

/** Whether the node is, or holds anywhere, a number that its double does not keep. */
export function hasInexactNumber(node: JsonNode): boolean {
  switch (node.kind) {
    case 'number':
      return !node.exact;
    case 'array':
      return node.items.some(hasInexactNumber);
    case 'object':
      return [...node.members.values()].some(({ value }) => hasInexactNumber(value));
    default:
      return false;
  }
}

function sameItems(a: JsonArray, b: JsonArray): boolean {
  if (a.items.length !== b.items.length) return false;
  return a.items.every((item, i) => {
    const other = b.items[i];
    return other !== undefined && deepEqual(item, other);
  });
}

function sameMembers(a: JsonObject, b: JsonObject): boolean {
  if (a.members.size !== b.members.size) return false;
  return [...a.members].every(([key, { value }]) => {
    const other = b.members.get(key);
    return other !== undefined && deepEqual(value, other.value);
  });
}
