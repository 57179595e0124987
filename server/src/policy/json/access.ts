/** Typed looks into a tree: undefined where nothing stands, or something of another kind. Own members only, whatever their names. */
import type { JsonArray, JsonNode, JsonObject, Span } from './node.ts';

export function memberOf(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.get(key)?.value : undefined;
}

export function objectAt(node: JsonNode | undefined, key: string): JsonObject | undefined {
  const value = memberOf(node, key);
  return value?.kind === 'object' ? value : undefined;
}

export function arrayAt(node: JsonNode | undefined, key: string): JsonArray | undefined {
  const value = memberOf(node, key);
  return value?.kind === 'array' ? value : undefined;
}

export function stringAt(node: JsonNode | undefined, key: string): string | undefined {
  const value = memberOf(node, key);
  return value?.kind === 'string' ? value.value : undefined;
}

export function numberAt(node: JsonNode | undefined, key: string): number | undefined {
  const value = memberOf(node, key);
  return value?.kind === 'number' ? value.value : undefined;
}

/** The span of a node alone, without the node. */
export function spanOf({ start, end }: Span): Span {
  return { start, end };
}
