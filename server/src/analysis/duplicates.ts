/** A key that stands twice in an object: keep one of the twins, or merge them. The strict reader keeps no tree of such a text; a tolerant one shows where they stand. */
import { findNodeAtOffset, parseTree, type Node } from 'jsonc-parser';
import type { Span } from '../policy/index.ts';
import type { Finding, Fix } from './finding.ts';
import { mergeValues, type Merging } from './merge.ts';
import { quote } from './quote.ts';

/** `tree`: of the text; `first`, `second`: the keys' spans. */
export function duplicateKeyFixes(text: string, tree: Node | undefined, first: Span, second: Span): readonly Fix[] {
  if (!tree) return [];
  const merging = mergeTwins(text, tree, first, second);
  const remove = twinRemoval(tree, second.start);
  return [
    ...(merging?.ok ? [{ title: 'Merge the two into one', edits: [...merging.changes, ...remove] }] : []),
    { title: `Keep the first one${valueOf(text, tree, first.start)}`, edits: remove },
    { title: `Keep this one${valueOf(text, tree, second.start)}`, edits: twinRemoval(tree, first.start) },
  ].filter((fix) => fix.edits.length > 0);
}

/** Why twins cannot be merged, at the place that keeps them apart; nothing where they can, or where one must be chosen anyway. */
export function relatedToTwins(
  text: string,
  tree: Node | undefined,
  first: Span,
  second: Span,
): NonNullable<Finding['related']> {
  const merging = tree && mergeTwins(text, tree, first, second);
  if (merging === undefined || merging.ok) return [];
  const message =
    merging.key === undefined
      ? 'They cannot be merged: one of them has a key twice itself'
      : `They cannot be merged: each has ${quote(merging.key)}, and they differ. Choose one here first`;
  return [{ span: merging.span, message }];
}

/** What twins are looked for in. It takes time linear in the text: to be made once for all twins of it. */
export const tolerantTree = (text: string): Node | undefined => parseTree(text, [], { disallowComments: true });

/** Undefined: they hold a plain value each, or something of two kinds. */
function mergeTwins(text: string, tree: Node, first: Span, second: Span): Merging | undefined {
  const [one, other] = [first, second].map(({ start }) => findNodeAtOffset(tree, start, true)?.parent?.children);
  const [key, a] = one ?? [];
  const b = other?.[1];
  const isHolder = (node: Node | undefined): boolean => node?.type === 'object' || node?.type === 'array';
  if (!a || !b || a.type !== b.type || !isHolder(a)) return undefined;
  return mergeValues(text, spanOf(a), spanOf(b), String(key?.value));
}

const spanOf = ({ offset, length }: Node): Span => ({ start: offset, end: offset + length });

/** Keys whose values are words of the language. Any other value may hold a secret, and titles are printed. */
const SHOWN: ReadonlySet<unknown> = new Set(['default', 'action', 'window', 'scope', 'max']);

/** What the twin says, where that is a word: which of the two is kept decides what the policy allows. */
function valueOf(text: string, tree: Node, offset: number): string {
  const [key, value] = findNodeAtOffset(tree, offset, true)?.parent?.children ?? [];
  if (!value || value.length > 40 || !SHOWN.has(key?.value)) return '';
  return `: ${text.slice(value.offset, value.offset + value.length)}`;
}

function twinRemoval(tree: Node, offset: number): Fix['edits'] {
  const property = findNodeAtOffset(tree, offset, true)?.parent;
  const members = property?.type === 'property' ? (property.parent?.children ?? []) : [];
  const at = property ? members.indexOf(property) : -1;
  const self = members[at];
  const [before, after] = [members[at - 1], members[at + 1]];
  if (!self) return [];
  if (after) return [{ span: { start: self.offset, end: after.offset }, text: '' }];
  return before ? [{ span: { start: before.offset + before.length, end: self.offset + self.length }, text: '' }] : [];
}
