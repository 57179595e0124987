/** The members of an object by their place in the text. */
import type { JsonMember, JsonObject } from './node.ts';

export interface PlacedMember {
  readonly key: string;
  readonly member: JsonMember;
}

/** Remembered by the object: large ones are asked again and again. */
const inOrder = new WeakMap<JsonObject, readonly PlacedMember[]>();

/** In document order. */
export function membersInOrder(object: JsonObject): readonly PlacedMember[] {
  let members = inOrder.get(object);
  if (members === undefined) {
    members = Array.from(object.members, ([key, member]) => ({ key, member }));
    inOrder.set(object, members);
  }
  return members;
}

/** The first member whose value ends at `offset` or later; `undefined` behind the last. Takes logarithmic time. */
export function memberFrom(object: JsonObject, offset: number): PlacedMember | undefined {
  const members = membersInOrder(object);
  return members[firstIndex(members, ({ member }) => member.value.end >= offset)];
}

/** The index of the first item that `holds` is true of, the length when there is none. It must be true of all that follow, too. */
export function firstIndex<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
