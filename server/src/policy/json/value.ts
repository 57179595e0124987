/** From a tree to plain values, and back to text. Numbers keep their source digits (policy language §4 and §7.2). */
import type { JsonNode, JsonNumber, JsonObject } from './node.ts';

/** V8's raw JSON; absent on Node 20, where an inexact number becomes its double. */
const { rawJSON } = JSON as unknown as { readonly rawJSON?: (text: string) => unknown };

export type NumberForm = 'exact' | 'source' | 'double';

/**
 * The plain value of a tree. Keys such as `__proto__` become own properties. Inexact numbers become `JSON.rawJSON` objects, so that
 * `JSON.stringify` writes their own digits; with `'source'` so does every number that it would write differently (`1.0`, `-0`), and with
 * `'double'` none does.
 */
export function toValue(node: JsonNode, numbers: NumberForm = 'exact'): unknown {
  switch (node.kind) {
    case 'object':
      return objectValue(node, numbers);
    case 'array':
      return node.items.map((item) => toValue(item, numbers));
    case 'number':
      return numberValue(node, numbers);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

/** The tree as JSON text without white space: members in their order, numbers as they were written. */
export function writeJson(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${[...node.members].map(([key, { value }]) => `${JSON.stringify(key)}:${writeJson(value)}`).join(',')}}`;
    case 'array':
      return `[${node.items.map(writeJson).join(',')}]`;
    case 'number':
      return node.text;
    case 'string':
      return JSON.stringify(node.value);
    default:
      return node.kind === 'null' ? 'null' : String(node.value);
  }
}

function objectValue(node: JsonObject, numbers: NumberForm): unknown {
  const object: Record<string, unknown> = {};
  for (const [key, { value }] of node.members) {
    // Assignment to `__proto__` would change the prototype instead of adding a property.
    if (key === '__proto__') {
      Object.defineProperty(object, key, {
        value: toValue(value, numbers),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    } else object[key] = toValue(value, numbers);
  }
  return object;
}

function numberValue(node: JsonNumber, numbers: NumberForm): unknown {
  const changes = numbers === 'source' ? JSON.stringify(node.value) !== node.text : !node.exact;
  return numbers !== 'double' && changes && rawJSON ? rawJSON(node.text) : node.value;
}
