/** Reads JSON with comments and trailing commas, as editors write it, into the tree that every reader here walks. */
import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { JsonMember, JsonNode } from '../../policy/json/node.ts';
import type { NodeProblem } from './host.ts';

export interface JsoncReading {
  /** As much as could be made out; absent when there is nothing. */
  readonly root: JsonNode | undefined;
  readonly problems: readonly NodeProblem[];
}

/** A configuration deeper than this is no configuration. */
const MAX_DEPTH = 64;

export function readJsonc(text: string): JsoncReading {
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
  const first = errors[0];
  const problems = first ? [syntaxProblem(first)] : [];
  return { root: tree && convert(tree, 0), problems };
}

function syntaxProblem({ error, offset, length }: ParseError): NodeProblem {
  const what = printParseErrorCode(error).replace(
    /([a-z])([A-Z])/g,
    (_, a: string, b: string) => `${a} ${b.toLowerCase()}`,
  );
  const message = `This is not JSON: ${what.toLowerCase()}. Servers behind this place may be missing until it is mended.`;
  return { severity: 'error', message, pointer: '', span: { start: offset, end: offset + length } };
}

/** Where a key stands twice the last one counts, as in the products that read these files. */
function convert(node: Node, depth: number): JsonNode {
  const span = { start: node.offset, end: node.offset + node.length };
  const children = depth < MAX_DEPTH ? (node.children ?? []) : [];
  switch (node.type) {
    case 'object':
      return { kind: 'object', ...span, members: new Map(children.flatMap((child) => member(child, depth + 1))) };
    case 'array':
      return { kind: 'array', ...span, items: children.map((child) => convert(child, depth + 1)) };
    case 'string':
      return { kind: 'string', ...span, value: String(node.value) };
    case 'number':
      return { kind: 'number', ...span, value: Number(node.value), text: String(node.value), exact: true };
    case 'boolean':
      return { kind: 'boolean', ...span, value: node.value === true };
    default:
      return { kind: 'null', ...span };
  }
}

/** Nothing for a key whose value is still missing. */
function member({ children }: Node, depth: number): [string, JsonMember][] {
  const [key, value] = children ?? [];
  if (!key || !value) return [];
  const span = { start: key.offset, end: key.offset + key.length };
  return [[String(key.value), { key: span, value: convert(value, depth) }]];
}
