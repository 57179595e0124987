/** Policies as they are typed: random edits, one version after another, through broken JSON and back. */
import fc from 'fast-check';
import { anyDocument } from './policy-arbitraries.ts';

const PIECES = [
  '',
  ' ',
  '\n  ',
  '"',
  ',',
  ':',
  '{',
  '}',
  '[',
  ']',
  '7',
  '-',
  '.5',
  'x',
  '\\',
  '\ud800',
  '//',
  '1e999',
  '12345678901234567890123',
  'null',
  '"read": {}',
  '"a*": { "action": "deny" }, ',
  ', "reason": "Why"',
  '"id": "one", ',
  '"server": "shop", ',
];

/** Places are shares of the text's length, in thousandths. */
const edit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      at: fc.nat(1_000),
      gone: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(3) }, fc.nat(60)),
      piece: fc.constantFrom(...PIECES),
    }),
  },
  { weight: 2, arbitrary: fc.record({ from: fc.nat(1_000), length: fc.nat(80), to: fc.nat(1_000) }) },
  { weight: 2, arbitrary: fc.record({ key: fc.nat(), before: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ back: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ document: anyDocument }) },
);
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

/** Versions of one document, the first of them valid as a rule. */
export const versions: fc.Arbitrary<readonly string[]> = fc
  .tuple(anyDocument, fc.constantFrom(0, 2), fc.array(edit, { minLength: 1, maxLength: 20 }))
  .map(([document, indent, edits]) => {
    const texts = [JSON.stringify(document, undefined, indent)];
    for (const each of edits) texts.push(after(texts, each));
    return texts;
  });

function after(texts: readonly string[], step: Edit): string {
  const text = texts.at(-1) ?? '';
  const place = (share: number): number => Math.floor((text.length * share) / 1_000);
  if ('back' in step) return texts.at(-1 - step.back) ?? text;
  if ('document' in step) return JSON.stringify(step.document, undefined, 2);
  if ('key' in step) return withTwin(text, step);
  if ('from' in step) {
    const copied = text.slice(place(step.from), place(step.from) + step.length);
    return text.slice(0, place(step.to)) + copied + text.slice(place(step.to));
  }
  return text.slice(0, place(step.at)) + step.piece + text.slice(place(step.at) + step.gone);
}

/** A key once more, in front of one that stands some keys before it: often in the same object, where no key may stand twice. */
function withTwin(text: string, { key, before }: { readonly key: number; readonly before: number }): string {
  const keys = [...text.matchAll(/"[^"\\]*"(?=\s*:)/g)];
  const second = keys[key % Math.max(1, keys.length)];
  const at = keys[Math.max(0, (key % Math.max(1, keys.length)) - before)]?.index;
  return second === undefined || at === undefined ? text : `${text.slice(0, at)}${second[0]}: {}, ${text.slice(at)}`;
}

/** What can be compared: maps as lists in their order, getters asked, functions left out. `passOver`: names that do not count. */
export function plain(value: unknown, passOver: readonly string[] = []): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
  if (Array.isArray(value)) return value.map((item) => plain(item, passOver));
  if (value instanceof Map) return plain([...(value as ReadonlyMap<unknown, unknown>)], passOver);
  const found: Record<string, unknown> = {};
  for (const name of namesOf(value)) {
    if (!passOver.includes(name)) found[name] = plain(Reflect.get(value, name), passOver);
  }
  return found;
}

function namesOf(value: object): readonly string[] {
  const kind = Object.getPrototypeOf(value) as object;
  if (kind === Object.prototype) return Object.keys(value);
  const getters = Object.entries(Object.getOwnPropertyDescriptors(kind)).filter(([, { get }]) => get !== undefined);
  return [...Object.keys(value), ...getters.map(([name]) => name)].sort();
}
