/** Puts a member into JSON with comments, or takes one out, and touches nothing around it: no comment moves, no other line is laid out anew. */
import { parseTree, type Node } from 'jsonc-parser';

/** Sets the member at `path`, which does not exist yet; the objects that lead to it are made where they are missing. */
export function addMember(text: string, path: readonly string[], value: unknown): string {
  const base = text.replace(/^\uFEFF/, '').trim() === '' ? `${text}{}\n` : text;
  const { object, depth } = deepest(rootOf(base), path);
  const [key = '', ...rest] = path.slice(depth);
  const nested = rest.reduceRight((inner, each) => ({ [each]: inner }), value);
  const layout = { unit: unitOf(base), eol: eolOf(base) };
  return insert(base, object, memberText(key, nested, depth + 1, layout), { ...layout, depth: depth + 1 });
}

/** Takes the member at `path` out, with the lines that it stands on alone. Undefined where there is none. */
export function removeMember(text: string, path: readonly string[]): string | undefined {
  const { object, depth } = deepest(rootOf(text), path.slice(0, -1));
  if (depth !== path.length - 1) return undefined;
  const members = object.children ?? [];
  const index = members.findLastIndex((member) => keyOf(member) === path.at(-1));
  const member = members[index];
  if (member === undefined) return undefined;
  const after = /^\s*,/.exec(text.slice(endOf(member)))?.[0].length ?? 0;
  const previous = members[index - 1];
  if (after === 0 && previous && /^\s*,\s*$/.test(text.slice(endOf(previous), member.offset)))
    return text.slice(0, endOf(previous)) + text.slice(endOf(member));
  const cut = cutLines(text, member.offset, endOf(member) + after);
  if (after > 0 || previous === undefined) return cut;
  const comma = text.indexOf(',', endOf(previous));
  return cut.slice(0, comma) + cut.slice(comma + 1);
}

interface Layout {
  /** One step of indentation. */
  readonly unit: string;
  readonly eol: string;
}

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** As the file indents already; two spaces where it does not. */
const unitOf = (text: string): string => /\n([ \t]+)["}]/.exec(text)?.[1] ?? '  ';

function rootOf(text: string): Node {
  // A mark at the start is white space to the parser's offsets.
  const root = parseTree(text.replace(/^\uFEFF/, ' '), [], { allowTrailingComma: true });
  if (root?.type !== 'object') throw new TypeError('Only an object has members.');
  return root;
}

/** The object that exists farthest along `path`, and how many keys lead to it. Of two equal keys the last counts. */
function deepest(root: Node, path: readonly string[]): { object: Node; depth: number } {
  let [object, depth] = [root, 0];
  for (const key of path) {
    const next = object.children?.findLast((member) => keyOf(member) === key)?.children?.[1];
    if (next?.type !== 'object') break;
    [object, depth] = [next, depth + 1];
  }
  return { object, depth };
}

const keyOf = (member: Node): unknown => member.children?.[0]?.value;
const endOf = (node: Node): number => node.offset + node.length;

function memberText(key: string, value: unknown, depth: number, { unit, eol }: Layout): string {
  const lines = `${JSON.stringify(key)}: ${JSON.stringify(value, null, unit)}`.split('\n');
  return lines.join(eol + unit.repeat(depth));
}

/** Up to the end of the line. */
const REMARKS = /^(?:[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/))+(?=[ \t]*(?:\r?\n|$))/;

function insert(text: string, object: Node, member: string, { unit, eol, depth }: Layout & { depth: number }): string {
  const line = eol + unit.repeat(depth) + member;
  const last = object.children?.at(-1);
  if (last && !text.slice(object.offset, endOf(object)).includes('\n')) return insertInline(text, last, member);
  if (last === undefined) return insertFirst(text, object, line, eol + unit.repeat(depth - 1));
  const end = endOf(last);
  const comma = /^\s*,/.exec(text.slice(end))?.[0].length ?? 0;
  // What is remarked at the end of the line stays with what it is about.
  const remark = REMARKS.exec(text.slice(end + comma))?.[0].length ?? 0;
  const at = end + comma + remark;
  if (comma > 0) return `${text.slice(0, at)}${line},${text.slice(at)}`;
  return `${text.slice(0, end)},${text.slice(end, at)}${line}${text.slice(at)}`;
}

/** An object on one line stays on one line. */
function insertInline(text: string, last: Node, member: string): string {
  const line = member.replaceAll(/\r?\n\s*/g, ' ');
  return `${text.slice(0, endOf(last))}, ${line}${text.slice(endOf(last))}`;
}

function insertFirst(text: string, object: Node, line: string, closing: string): string {
  const [start, end] = [object.offset + 1, endOf(object) - 1];
  const isBlank = text.slice(start, end).trim() === '';
  return text.slice(0, start) + line + (isBlank ? closing : text.slice(start, end)) + text.slice(end);
}

/** The span, and the line breaks that would be left around nothing. */
function cutLines(text: string, start: number, end: number): string {
  const before = /(\r?\n)?[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  const isLineEnd = /^[ \t]*(\r?\n|$)/.test(text.slice(end));
  return text.slice(0, isLineEnd ? start - before : start) + text.slice(end);
}
