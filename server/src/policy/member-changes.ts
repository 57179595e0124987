/** Changes of an object, member by member: what says the same keeps its bytes. */
import {
  addItems,
  addMembers,
  removeItems,
  removeMembers,
  replaceMember,
  replaceValue,
  type TextChange,
} from './changes.ts';
import type { JsonArray, JsonMember, JsonObject } from './json/node.ts';
import { toValue } from './json/value.ts';

/**
 * Writes members of an object, or takes them out: each that differs is a change of its own, the others keep their bytes. A new one takes
 * the place of one that goes, or stands at the end.
 * @param wanted - By key: the value to be; `undefined` takes the member out.
 */
export function setMembers(
  text: string,
  object: JsonObject,
  wanted: ReadonlyMap<string, unknown>,
): readonly TextChange[] {
  const { members } = object;
  const asked = [...wanted];
  const gone = asked.flatMap(([key, value]) => (value === undefined && members.has(key) ? [key] : []));
  const added = asked.filter(([key, value]) => value !== undefined && !members.has(key));
  const changed = asked.flatMap(([key, value]) => {
    const member = members.get(key);
    return member && value !== undefined ? valueChanges(text, member, value) : [];
  });
  const inPlace = added.slice(0, gone.length).flatMap(([key, value], index) => {
    const member = members.get(gone[index] ?? '');
    return member ? [replaceMember(text, member, key, value)] : [];
  });
  const rest = added.slice(gone.length);
  return [
    ...removeMembers(object, gone.slice(added.length)),
    ...inPlace,
    ...changed,
    ...(rest.length > 0 ? [addMembers(text, object, rest)] : []),
  ];
}

/** For an object that is written whole: such a member is one that is not there. */
export function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** Nothing for the value that stands there; an object that has members changes by them. */
function valueChanges(text: string, member: JsonMember, value: unknown): readonly TextChange[] {
  const node = member.value;
  if (isSame(toValue(node), value)) return [];
  if (node.kind === 'array' && Array.isArray(value))
    return listChanges(text, node, value) ?? whole(text, member, value);
  if (node.kind !== 'object' || node.members.size === 0 || typeof value !== 'object' || value === null)
    return whole(text, member, value);
  const gone = [...node.members.keys()].map((key) => [key, undefined] as const);
  return setMembers(text, node, new Map<string, unknown>([...gone, ...Object.entries(value)]));
}

/** For a list that goes on, or from which items were taken; others are written anew. */
function listChanges(text: string, list: JsonArray, value: readonly unknown[]): readonly TextChange[] | undefined {
  const items = list.items.map((item) => toValue(item));
  if (isSame(items, value.slice(0, items.length))) return [addItems(text, list, value.slice(items.length))];
  let at = 0;
  const gone = items.flatMap((item, index) => {
    if (at >= value.length || !isSame(item, value[at])) return [index];
    at += 1;
    return [];
  });
  return at === value.length ? removeItems(list, gone) : undefined;
}

const whole = (text: string, member: JsonMember, value: unknown): readonly TextChange[] => [
  replaceValue(text, member, value),
];

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
