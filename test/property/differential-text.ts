/** JSON text in pieces, for the generators of differential.test.ts: both evaluators read it by themselves. */
import fc, { type Arbitrary } from 'fast-check';

/** JSON text of members; no key twice. */
export type Members = Readonly<Record<string, string>>;

export function objectText(members: Members): string {
  return membersText(Object.entries(members));
}

/** As `objectText`, for keys that an object literal cannot hold. */
export function membersText(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

export function arrayText(items: readonly string[]): string {
  return `[${items.join(',')}]`;
}

/** One of the words. */
export function word(words: string): Arbitrary<string> {
  return fc.constantFrom(...words.split(' '));
}

/** One of the words, as JSON. */
export function quoted(words: string): Arbitrary<string> {
  return word(words).map((each) => JSON.stringify(each));
}

export function weighted<T>(...choices: readonly (readonly [number, Arbitrary<T>])[]): Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

/** Values that a policy may hold: its numbers are exact. */
export const exactValue = fc.constantFrom(
  ...'null true false "" "1" "a" "abc" "\\u00e9" "e\\u0301" 0 -0 1 1.0 10e-1 0.1 2 1e20 -3.5'.split(' '),
  ...'[] {} [1] ["a"] [1,"a",null] {"x":1} {"x":1,"y":"a"} {"y":"a","x":1.0} [[1],[]] {"x":null}'.split(' '),
);
