/**
 * Text changes, made from the tree of a valid document: constant work each, so that a document with a thousand findings stays cheap.
 * They keep the document's own formatting; whether a change is wise is the caller's business.
 */
import { differenceOf } from './json/difference.ts';
import { firstIndex, membersInOrder } from './json/members.ts';
import type { JsonArray, JsonMember, JsonObject, Span } from './json/node.ts';

/** Replaces `span` of the text by `text`. */
export interface TextChange {
  readonly span: Span;
  readonly text: string;
}

/** The text with all changes made. They must not overlap; at one place the later one of the list stands behind the earlier. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const change of changes.toSorted((a, b) => a.span.start - b.span.start)) {
    pieces.push(text.slice(at, change.span.start), change.text);
    at = change.span.end;
  }
  return pieces.join('') + text.slice(at);
}

/** From one text to another: one change from the first character that differs to the last, none for equal texts. */
export function changesBetween(before: string, after: string): readonly TextChange[] {
  if (before === after) return [];
  const { start, oldEnd, newEnd } = differenceOf(before, after);
  return [{ span: { start, end: oldEnd }, text: after.slice(start, newEnd) }];
}

export function replaceBy(span: Span, value: unknown): TextChange {
  return { span: { start: span.start, end: span.end }, text: JSON.stringify(value) };
}

/** Writes another value, laid out as the line of its key is. */
export function replaceValue(text: string, member: JsonMember, value: unknown): TextChange {
  const { start, end } = member.value;
  return { span: { start, end }, text: write(value, wide(text, member.key, member.key)) };
}

/** Writes another member in the place of one, laid out as that one is. */
export function replaceMember(
  text: string,
  { key: { start }, value }: JsonMember,
  key: string,
  by: unknown,
): TextChange {
  const style = wide(text, { start, end: start }, { start, end: start });
  return { span: { start, end: value.end }, text: `${JSON.stringify(key)}: ${write(by, style)}` };
}

/** Takes a member out of an object; nothing when it is not there. */
export function removeMember(object: JsonObject, key: string): readonly TextChange[] {
  return removeMembers(object, [key]);
}

/** Takes members out of an object; keys that are not there do not count. */
export function removeMembers(object: JsonObject, keys: readonly string[]): readonly TextChange[] {
  const members = membersInOrder(object);
  const indexes = keys.flatMap((key) => {
    const { start } = object.members.get(key)?.key ?? {};
    return start === undefined ? [] : [firstIndex(members, ({ member }) => member.key.start >= start)];
  });
  return removals(object, indexes, (index) => {
    const { member } = members[index] ?? {};
    return member && { start: member.key.start, end: member.value.end };
  });
}

/** Takes an item out of an array, by its place; nothing when there is none. */
export function removeItem(array: JsonArray, index: number): readonly TextChange[] {
  return removeItems(array, [index]);
}

/** Takes items out of an array, by their places; places where nothing stands do not count. */
export function removeItems(array: JsonArray, indexes: readonly number[]): readonly TextChange[] {
  const present = indexes.filter((index) => index in array.items);
  return removals(array, present, (index) => array.items[index]);
}

/** Where the item of an index stands, if there is one. */
type SpanAt = (index: number) => Span | undefined;

/** Each run of neighbours goes as one, with the white space and the comma that belong to it. */
function removals(holder: Span, indexes: readonly number[], spanAt: SpanAt): readonly TextChange[] {
  const gone = new Set(indexes);
  const firsts = [...gone].filter((index) => !gone.has(index - 1));
  return firsts.map((first) => {
    let last = first;
    while (gone.has(last + 1)) last += 1;
    return { span: withSeparator(holder, first, last, spanAt), text: '' };
  });
}

function withSeparator(holder: Span, first: number, last: number, spanAt: SpanAt): Span {
  const [before, start, end, after] = [spanAt(first - 1), spanAt(first), spanAt(last), spanAt(last + 1)];
  if (start === undefined || end === undefined) throw new RangeError(`There is no item ${first} to ${last}.`);
  if (after) return { start: start.start, end: after.start };
  return before ? { start: before.end, end: end.end } : { start: holder.start + 1, end: holder.end - 1 };
}

/**
 * Adds members at the end of an object, or behind one of its members, laid out as that one is. The keys must be new.
 * @param after - A key of the object.
 */
export function addMembers(
  text: string,
  object: JsonObject,
  members: readonly (readonly [key: string, value: unknown])[],
  after?: string,
): TextChange {
  const last = (after === undefined ? undefined : object.members.get(after)) ?? [...object.members.values()].at(-1);
  const lines = members.map(([key, value]) => ({ key: JSON.stringify(key), value }));
  return insertion(text, object, last && { start: last.key.start, end: last.value.end }, (style) =>
    lines.map(({ key, value }) => `${key}: ${write(value, style)}`),
  );
}

/** Adds items at the end of an array, laid out as its last one is. */
export function addItems(text: string, array: JsonArray, items: readonly unknown[]): TextChange {
  return insertion(text, array, array.items.at(-1), (style) => items.map((item) => write(item, style)));
}

/** How the holder is laid out: white space between its items, and the indentation one level deeper. */
interface Style {
  readonly inner: string;
  readonly outer: string;
  readonly step: string;
}

function insertion(
  text: string,
  holder: JsonObject | JsonArray,
  last: Span | undefined,
  pieces: (style: Style) => readonly string[],
): TextChange {
  const style =
    last && text.slice(holder.start, last.start).includes('\n')
      ? wide(text, holder, last)
      : last
        ? ONE_LINE
        : wide(text, holder, undefined);
  const joined = pieces(style).join(`,${style.inner}`);
  if (last) return { span: { start: last.end, end: last.end }, text: `,${style.inner}${joined}` };
  return { span: { start: holder.start + 1, end: holder.end - 1 }, text: `${style.inner}${joined}${style.outer}` };
}

const ONE_LINE: Style = { inner: ' ', outer: '', step: '' };

/** One item a line; a document on a single line stays on it. */
function wide(text: string, holder: Span, last: Span | undefined): Style {
  const eol = /\r?\n/.exec(text)?.[0];
  if (eol === undefined) return { inner: '', outer: '', step: '' };
  const step = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const outer = lineIndent(text, holder.start);
  const inner = last ? lineIndent(text, last.start) : outer + step;
  return { inner: eol + inner, outer: eol + outer, step };
}

function lineIndent(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Characters of a value that stays on one line: a tool with a limit does. */
const LINE = 120;

/** As people write policies: what is small stays on one line, but an object of objects has a line for each member. */
function write(value: unknown, style: Style): string {
  const flat = flatJson(value);
  if (typeof value !== 'object' || value === null) return flat;
  if (style.step === '' || (flat.length <= LINE && !holdsObjects(value))) return flat;
  const deeper = { ...style, inner: style.inner + style.step };
  const pieces = Array.isArray(value)
    ? value.map((item: unknown) => write(item, deeper))
    : Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${write(member, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return pieces.length === 0 ? flat : `${open}${deeper.inner}${pieces.join(`,${deeper.inner}`)}${style.inner}${close}`;
}

function holdsObjects(value: unknown): boolean {
  return isRecord(value) && Object.values(value).some((member) => isRecord(member) && Object.keys(member).length > 0);
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flatJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${flatJson(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
