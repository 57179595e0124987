/** Parts of a fault-tolerant tree that stand elsewhere in a later version of the text. Containers are moved when somebody looks into them. */
import type { DraftArray, DraftMember, DraftNode, DraftObject, DraftScalar } from './draft.ts';

export function movedMember({ key, colon, value }: DraftMember, by: number): DraftMember {
  return {
    key: movedScalar(key, by),
    ...(colon !== undefined && { colon: colon + by }),
    ...(value && { value: movedNode(value, by) }),
  };
}

function movedNode(node: DraftNode, by: number): DraftNode {
  if (by === 0) return node;
  if (node.kind === 'object') return new MovedObject(node, by);
  if (node.kind === 'array') return new MovedArray(node, by);
  return movedScalar(node, by);
}

function movedScalar(scalar: DraftScalar, by: number): DraftScalar {
  return { ...scalar, start: scalar.start + by, end: scalar.end + by };
}

class MovedObject implements DraftObject {
  readonly kind = 'object';
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  readonly #origin: DraftObject;
  #members: DraftObject['members'] | undefined;

  /** What was moved before is moved from its first place, so that looking into it does not go through all versions. */
  constructor(node: DraftObject, by: number) {
    this.start = node.start + by;
    this.end = node.end + by;
    this.closed = node.closed;
    this.#origin = node instanceof MovedObject ? node.#origin : node;
  }

  get members(): DraftObject['members'] {
    const by = this.start - this.#origin.start;
    return (this.#members ??= this.#origin.members.map((member) => movedMember(member, by)));
  }
}

class MovedArray implements DraftArray {
  readonly kind = 'array';
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  readonly #origin: DraftArray;
  #items: DraftArray['items'] | undefined;

  constructor(node: DraftArray, by: number) {
    this.start = node.start + by;
    this.end = node.end + by;
    this.closed = node.closed;
    this.#origin = node instanceof MovedArray ? node.#origin : node;
  }

  get items(): DraftArray['items'] {
    const by = this.start - this.#origin.start;
    return (this.#items ??= this.#origin.items.map((item) => movedNode(item, by)));
  }
}
