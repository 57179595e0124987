/** Layouts of JSON texts as no printer makes them, and which of their bytes an edit has to keep: those of what says the same afterwards. */
import fc from 'fast-check';
import {
  readJson,
  toValue,
  type JsonArray,
  type JsonNode,
  type JsonObject,
  type Span,
} from '../../server/src/policy/index.ts';

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/gs;

/** White space for each gap between tokens, in turn. */
export const anyLayout = fc.array(fc.constantFrom('', '', ' ', '  ', '\t', '\n', '\r\n    ', '\n  '), {
  minLength: 3,
  maxLength: 40,
});

export function laidOut(value: unknown, layout: readonly string[]): string {
  const tokens = JSON.stringify(value).match(TOKEN) ?? [];
  return tokens.map((token, index) => token + (layout[index % layout.length] ?? '')).join('');
}

/**
 * Pieces of `before` that changes reach into without reason: members and items that say the same in `after`, and what stands between two of
 * them.
 */
export function hurtPieces(
  before: string,
  after: string,
  changes: readonly { readonly span: Span }[],
): readonly string[] {
  return kept(rootOf(before), rootOf(after))
    .filter(({ start, end }) => changes.some(({ span }) => span.start < end && start < span.end))
    .map(({ start, end }) => before.slice(start, end));
}

function kept(before: JsonNode, after: JsonNode): readonly Span[] {
  if (before.kind === 'object' && after.kind === 'object') return keptMembers(before, after);
  return before.kind === 'array' && after.kind === 'array' ? keptItems(before, after) : [];
}

function keptMembers(before: JsonObject, after: JsonObject): readonly Span[] {
  const members = [...before.members].map(([key, member]) => ({ ...member, now: after.members.get(key)?.value }));
  return members.flatMap(({ key, value, now }, index) => {
    if (now === undefined) return [];
    const previous = members[index - 1];
    return [
      ...(previous?.now ? [{ start: previous.value.end, end: key.start }] : []),
      ...(isSame(value, now)
        ? [{ start: key.start, end: value.end }]
        : [{ start: key.start, end: value.start }, ...kept(value, now)]),
    ];
  });
}

/** Those of a list that only goes on, or only loses items; any other is another list. */
function keptItems(before: JsonArray, after: JsonArray): readonly Span[] {
  if (before.items.every((item, index) => isSame(item, after.items[index]))) return before.items;
  const stay = before.items.filter((item) => after.items.some((now) => isSame(item, now)));
  return stay.length === after.items.length && stay.every((item, index) => isSame(item, after.items[index]))
    ? stay
    : [];
}

function rootOf(text: string): JsonNode {
  const reading = readJson(text);
  if (!reading.ok) throw new Error(`No JSON: ${text}`);
  return reading.root;
}

const isSame = (a: JsonNode, b: JsonNode | undefined): boolean =>
  b !== undefined && JSON.stringify(toValue(a)) === JSON.stringify(toValue(b));
