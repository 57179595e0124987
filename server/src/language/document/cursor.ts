/**
 * Where in a half-typed document the cursor stands, and what an insertion there needs around it to leave valid JSON.
 * Pure; works on the fault-tolerant tree.
 */
import type { Span } from '../../policy/json/node.ts';
import type { DraftArray, DraftContainer, DraftMember, DraftNode, DraftObject, DraftScalar } from './draft.ts';
import { Tokenizer, type TokenKind } from './tokens.ts';

/** Keys and indexes from the root. */
export type DocumentPath = readonly (string | number)[];

export interface Cursor {
  readonly slot: 'key' | 'value';
  /** Of the container for a key (the key itself is not known yet), of the value for a value. */
  readonly path: DocumentPath;
  /** The object that holds the key or the value's key; the array that holds the value; absent at the root. */
  readonly container?: DraftContainer;
  /** The member that is being typed or completed, if there is one already. */
  readonly member?: DraftMember;
  /** What an insertion replaces; empty at the offset where nothing stands yet. */
  readonly replace: Span;
  /** The scalar under the cursor. */
  readonly token?: DraftScalar;
  /** Where a comma is missing before the insertion. */
  readonly commaBefore?: number;
  /** Whether a comma is missing after the insertion. */
  readonly commaAfter: boolean;
  /** For a key: whether its colon (and so, usually, its value) is there already. */
  readonly colonAfter: boolean;
}

interface Place {
  readonly container?: DraftContainer;
  readonly path: DocumentPath;
}

/** `undefined`: nothing can be inserted there (inside a number's neighbour, after a finished document, …). */
export function cursorAt(text: string, root: DraftNode | undefined, offset: number): Cursor | undefined {
  if (root === undefined)
    return { slot: 'value', path: [], replace: here(offset), commaAfter: false, colonAfter: false };
  const place = innermost(root, offset);
  switch (place.container?.kind) {
    case 'object':
      return inObject(text, place.container, place.path, offset);
    case 'array':
      return inArray(text, place.container, place.path, offset);
    case undefined:
      return atRoot(root, offset);
  }
}

function atRoot(root: DraftNode, offset: number): Cursor | undefined {
  if (!isScalar(root) || !touches(root, offset)) return undefined;
  return { slot: 'value', path: [], replace: root, token: root, commaAfter: false, colonAfter: false };
}

/** The innermost container around the offset. */
export function innermost(root: DraftNode, offset: number): Place {
  let place: Place = { path: [] };
  for (let next: DraftNode | undefined = root; next !== undefined && !isScalar(next) && surrounds(next, offset);) {
    const container: DraftContainer = next;
    place = { container, path: place.path };
    const step = stepInto(container, offset);
    if (step === undefined) break;
    if (isScalar(step.node) || !surrounds(step.node, offset)) break;
    place = { container, path: [...place.path, step.key] };
    next = step.node;
  }
  return place;
}

function stepInto(container: DraftContainer, offset: number): { key: string | number; node: DraftNode } | undefined {
  if (container.kind === 'array') {
    const index = container.items.findIndex((item) => item.start < offset && offset <= item.end);
    const node = container.items[index];
    return node === undefined ? undefined : { key: index, node };
  }
  const member = container.members.find(
    ({ value }) => value !== undefined && value.start < offset && offset <= value.end,
  );
  return member?.value === undefined ? undefined : { key: String(member.key.value), node: member.value };
}

function surrounds(node: DraftContainer, offset: number): boolean {
  return node.start < offset && (offset < node.end || (!node.closed && offset <= node.end));
}

function inObject(text: string, container: DraftObject, path: DocumentPath, offset: number): Cursor | undefined {
  const member = container.members.findLast((each) => each.key.start < offset);
  if (member === undefined) return newKey(text, container, path, offset, undefined);
  if (touches(member.key, offset)) return atKey(text, container, path, member, offset);
  if (member.colon === undefined) {
    // `{ "a" | }`: a colon is missing before anything else can follow.
    if (member.value === undefined && !hasComma(text, member.key.end, offset)) return undefined;
  } else if (offset > member.colon && !isPast(text, member, offset)) {
    return atValue(text, container, path, member, offset);
  }
  return offset >= endOf(member) ? newKey(text, container, path, offset, member) : undefined;
}

function isPast(text: string, member: DraftMember, offset: number): boolean {
  const value = member.value;
  if (value === undefined) return hasComma(text, endOf(member), offset);
  return isScalar(value) ? offset > value.end : offset > value.start;
}

function atKey(text: string, container: DraftObject, path: DocumentPath, member: DraftMember, offset: number): Cursor {
  const before = container.members[container.members.indexOf(member) - 1];
  const colonAfter = member.colon !== undefined;
  const replace = extent(text, member.key, offset);
  return {
    slot: 'key',
    path,
    container,
    member,
    replace,
    token: member.key,
    ...missingBefore(text, before && endOf(before), member.key.start),
    commaAfter: !colonAfter && needsComma(text, replace.end),
    colonAfter,
  };
}

function newKey(
  text: string,
  container: DraftObject,
  path: DocumentPath,
  offset: number,
  before: DraftMember | undefined,
): Cursor {
  return {
    slot: 'key',
    path,
    container,
    replace: here(offset),
    ...missingBefore(text, before && endOf(before), offset),
    commaAfter: needsComma(text, offset),
    colonAfter: false,
  };
}

function atValue(
  text: string,
  container: DraftObject,
  path: DocumentPath,
  member: DraftMember,
  offset: number,
): Cursor | undefined {
  const value = member.value;
  const shared = {
    slot: 'value',
    path: [...path, String(member.key.value)],
    container,
    member,
    colonAfter: false,
  } as const;
  if (value === undefined) return { ...shared, replace: here(offset), commaAfter: needsComma(text, offset) };
  if (!isScalar(value)) return undefined;
  if (touches(value, offset)) {
    const replace = extent(text, value, offset);
    return { ...shared, replace, token: value, commaAfter: needsComma(text, replace.end) };
  }
  // Before the value, with space between: what is there is replaced, as long as an edit may reach it (edits stay on one line).
  if (/[\r\n]/.test(text.slice(offset, value.end))) return undefined;
  return { ...shared, replace: { start: offset, end: value.end }, commaAfter: needsComma(text, value.end) };
}

function inArray(text: string, container: DraftArray, path: DocumentPath, offset: number): Cursor | undefined {
  const index = container.items.findLastIndex((item) => item.start < offset);
  const item = container.items[index];
  const typed = item !== undefined && isScalar(item) && touches(item, offset) ? item : undefined;
  if (typed === undefined && item !== undefined && offset < item.end) return undefined;
  const before = typed === undefined ? item : container.items[index - 1];
  const replace = typed === undefined ? here(offset) : extent(text, typed, offset);
  return {
    slot: 'value',
    path: [...path, typed === undefined ? index + 1 : index],
    container,
    replace,
    ...(typed === undefined ? {} : { token: typed }),
    ...missingBefore(text, before?.end, replace.start),
    commaAfter: needsComma(text, replace.end),
    colonAfter: false,
  };
}

const here = (offset: number): Span => ({ start: offset, end: offset });

export function isScalar(node: DraftNode): node is DraftScalar {
  return node.kind !== 'object' && node.kind !== 'array';
}

function touches(node: DraftScalar, offset: number): boolean {
  return node.start <= offset && offset <= node.end;
}

/** A string without its closing quote runs to the end of the line: only the word at the cursor is meant, the rest was there before. */
function extent(text: string, token: DraftScalar, offset: number): Span {
  if (token.closed) return token;
  const rest = /^[\w.*$/-]*/.exec(text.slice(offset, token.end));
  return { start: token.start, end: offset + (rest?.[0].length ?? 0) };
}

function endOf(member: DraftMember): number {
  return member.value?.end ?? (member.colon === undefined ? member.key.end : member.colon + 1);
}

function missingBefore(text: string, previousEnd: number | undefined, offset: number): { commaBefore?: number } {
  return previousEnd === undefined || hasComma(text, previousEnd, offset) ? {} : { commaBefore: previousEnd };
}

function hasComma(text: string, from: number, to: number): boolean {
  const token = new Tokenizer(text, from).next();
  return token.kind === ',' && token.start < to;
}

/** Whether what follows is another member or item, which has to be parted from an insertion before it. */
function needsComma(text: string, offset: number): boolean {
  return !FOLLOWS.has(new Tokenizer(text, offset).next().kind);
}

/** What may stand behind a value, or behind a key. */
const FOLLOWS: ReadonlySet<TokenKind> = new Set([',', ':', '}', ']', 'end']);
