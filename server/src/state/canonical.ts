/** One text for equal JSON values, whatever the order of keys, the white space or the spelling of a number: what an HMAC of arguments is taken over. Pure. */
import type { JsonNode } from '../policy/index.ts';

/** Keys in code unit order; `1.0` and `1` alike; a number that a double cannot hold keeps its digits (policy language §4). */
export function canonicalText(node: JsonNode): string {
  switch (node.kind) {
    case 'object': {
      const members = [...node.members].sort(([a], [b]) => (a < b ? -1 : 1));
      return `{${members.map(([key, { value }]) => `${JSON.stringify(key)}:${canonicalText(value)}`).join(',')}}`;
    }
    case 'array':
      return `[${node.items.map(canonicalText).join(',')}]`;
    case 'number':
      return node.exact ? JSON.stringify(node.value) : node.text;
    case 'string':
    case 'boolean':
      return JSON.stringify(node.value);
    case 'null':
      return 'null';
  }
}
