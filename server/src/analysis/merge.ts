/**
 * Puts what a second value says into a first, where the two do not contradict each other: members that only one has, and items of lists whose
 * items all restrict. What was written stays byte for byte.
 */
import { deepEqual, hasInexactNumber } from '../policy/json/compare.ts';
import { movedSpan } from '../policy/json/moved.ts';
import { readJson, type JsonMember, type JsonNode, type Span, type TextChange } from '../policy/index.ts';

export type Merging =
  | { readonly ok: true; readonly changes: readonly TextChange[] }
  /** What differs, at its place in the first; no `key`: a value cannot be read strictly. */
  | { readonly ok: false; readonly span: Span; readonly key?: string };

/** Of these lists each item restricts for itself; of any other, one item more could allow more. */
const RESTRICTING: ReadonlySet<string> = new Set(['hide', 'deny_if', 'require', 'limits']);

/** @param key - Of both. */
export function mergeValues(text: string, first: Span, second: Span, key: string): Merging {
  const [one, other] = [first, second].map(({ start, end }) => readJson(text.slice(start, end)));
  if (!one?.ok || !other?.ok) return { ok: false, span: first };
  const from: Part = { source: text.slice(second.start, second.end), root: other.root };
  const into: Part = { source: text.slice(first.start, first.end), root: one.root };
  const conflict = conflictOf(key, into.root, from.root);
  if (conflict) return { ok: false, key: conflict.key, span: movedSpan(conflict.node, first.start) };
  const changes = additions(into, from);
  return {
    ok: true,
    changes: changes.map(({ span, text: added }) => ({ span: movedSpan(span, first.start), text: added })),
  };
}

/** A value, and the text that its spans are in. */
interface Part {
  readonly source: string;
  readonly root: JsonNode;
}

interface Conflict {
  readonly key: string;
  readonly node: JsonNode;
}

function conflictOf(key: string, a: JsonNode, b: JsonNode): Conflict | undefined {
  if (a.kind === 'object' && b.kind === 'object') {
    for (const [name, { value }] of a.members) {
      const other = b.members.get(name)?.value;
      const conflict = other && conflictOf(name, value, other);
      if (conflict) return conflict;
    }
    return undefined;
  }
  const joins = a.kind === 'array' && b.kind === 'array' && RESTRICTING.has(key);
  return joins || isSame(a, b) ? undefined : { key, node: a };
}

function isSame(a: JsonNode, b: JsonNode): boolean {
  return deepEqual(a, b) && !hasInexactNumber(a) && !hasInexactNumber(b);
}

function additions(into: Part, from: Part): readonly TextChange[] {
  const [a, b] = [into.root, from.root];
  if (a.kind === 'array' && b.kind === 'array') {
    const news = b.items.filter((item) => !a.items.some((known) => isSame(known, item)));
    return inserted(into, a.items, from, news);
  }
  if (a.kind !== 'object' || b.kind !== 'object') return [];
  const within = [...a.members].flatMap(([name, { value }]) => {
    const other = b.members.get(name)?.value;
    return other ? additions({ ...into, root: value }, { ...from, root: other }) : [];
  });
  const news = [...b.members].filter(([name]) => !a.members.has(name)).map(([, member]) => memberSpan(member));
  return [...within, ...inserted(into, [...a.members.values()].map(memberSpan), from, news)];
}

const memberSpan = ({ key, value }: JsonMember): Span => ({ start: key.start, end: value.end });

/** `present`, `news`: members or items of the two holders. What is new stands behind what is there, on lines of its own where that does. */
function inserted(into: Part, present: readonly Span[], from: Part, news: readonly Span[]): readonly TextChange[] {
  if (news.length === 0) return [];
  const [first, last] = [present[0], present.at(-1)];
  const { start, end } = into.root;
  if (!first || !last) return [{ span: { start, end }, text: from.source.slice(from.root.start, from.root.end) }];
  const gap = into.source.slice(start + 1, first.start);
  const separator = `,${gap.includes('\n') ? gap : ' '}`;
  const texts = news.map((each) => separator + from.source.slice(each.start, each.end));
  return [{ span: { start: last.end, end: last.end }, text: texts.join('') }];
}
