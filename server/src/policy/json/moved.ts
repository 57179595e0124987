/**
 * Trees that stand elsewhere in a later version of a text: the same, with other offsets. A container is moved when somebody looks into it, so
 * that a keystroke at the beginning of a long document does not copy the rest.
 */
import type { JsonArray, JsonMember, JsonNode, JsonObject, Span } from './node.ts';

/** The same tree, `by` code units further on. */
export function movedNode(node: JsonNode, by: number): JsonNode {
  if (by === 0) return node;
  const origin = originOf(node);
  const total = node.start - origin.start + by;
  if (total === 0) return origin;
  if (origin.kind === 'object') return new MovedObject(origin, total);
  if (origin.kind === 'array') return new MovedArray(origin, total);
  return { ...origin, ...movedSpan(origin, total) };
}

export function movedMember({ key, value }: JsonMember, by: number): JsonMember {
  return { key: movedSpan(key, by), value: movedNode(value, by) };
}

export function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** The node that was read: one and the same for a container in every version of a text in which it was not read again. */
export function originOf(node: JsonNode): JsonNode {
  return node instanceof MovedObject || node instanceof MovedArray ? node.origin : node;
}

class MovedObject implements JsonObject {
  readonly kind = 'object';
  readonly start: number;
  readonly end: number;
  readonly origin: JsonObject;
  #members: JsonObject['members'] | undefined;

  constructor(origin: JsonObject, by: number) {
    this.start = origin.start + by;
    this.end = origin.end + by;
    this.origin = origin;
  }

  get members(): JsonObject['members'] {
    return (this.#members ??= this.#move());
  }

  #move(): JsonObject['members'] {
    const by = this.start - this.origin.start;
    const members = new Map<string, JsonMember>();
    for (const [key, member] of this.origin.members) members.set(key, movedMember(member, by));
    return members;
  }
}

class MovedArray implements JsonArray {
  readonly kind = 'array';
  readonly start: number;
  readonly end: number;
  readonly origin: JsonArray;
  #items: JsonArray['items'] | undefined;

  constructor(origin: JsonArray, by: number) {
    this.start = origin.start + by;
    this.end = origin.end + by;
    this.origin = origin;
  }

  get items(): JsonArray['items'] {
    const by = this.start - this.origin.start;
    return (this.#items ??= this.origin.items.map((item) => movedNode(item, by)));
  }
}
