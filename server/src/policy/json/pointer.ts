/** JSON Pointers (RFC 6901) over a tree. Rules in the log are such pointers (policy language §3). */
import { memberFrom } from './members.ts';
import type { JsonMember, JsonNode, Span } from './node.ts';

export function escapeToken(token: string): string {
  if (!token.includes('~') && !token.includes('/')) return token;
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}

export function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** `['tools', 'a/b']` → `/tools/a~1b`; the empty list → the empty pointer, the whole document. */
export function pointerOf(tokens: readonly string[]): string {
  return tokens.map((token) => `/${escapeToken(token)}`).join('');
}

/** The tokens of a pointer; undefined when it is neither empty nor begins with a slash. */
export function tokensOf(pointer: string): readonly string[] | undefined {
  if (pointer === '') return [];
  return pointer.startsWith('/') ? pointer.slice(1).split('/').map(unescapeToken) : undefined;
}

/** What a pointer points at. */
export interface Located {
  readonly node: JsonNode;
  /** The member whose value the node is; absent for the root and for items of an array. */
  readonly member?: JsonMember;
}

/** Undefined when nothing stands there. */
export function locate(root: JsonNode, pointer: string): Located | undefined {
  let found: Located | undefined = { node: root };
  for (const token of tokensOf(pointer) ?? [undefined]) {
    found = token === undefined || !found ? undefined : step(found.node, token);
  }
  return found;
}

/** The deepest chain of tokens whose nodes (or keys) contain `offset`. */
export function pointerAt(root: JsonNode, offset: number): string {
  const tokens: string[] = [];
  for (let next = childAt(root, offset); next; next = childAt(next.node, offset)) tokens.push(next.token);
  return pointerOf(tokens);
}

function step(node: JsonNode, token: string): Located | undefined {
  if (node.kind === 'object') {
    const member = node.members.get(token);
    return member && { node: member.value, member };
  }
  const item = node.kind === 'array' && /^(?:0|[1-9][0-9]*)$/.test(token) ? node.items[Number(token)] : undefined;
  return item && { node: item };
}

function childAt(node: JsonNode, offset: number): { token: string; node: JsonNode } | undefined {
  if (node.kind === 'object') {
    const { key: token, member } = memberFrom(node, offset) ?? {};
    if (token !== undefined && member && (contains(member.key, offset) || contains(member.value, offset)))
      return { token, node: member.value };
  }
  if (node.kind === 'array') {
    const index = node.items.findIndex((item) => contains(item, offset));
    const item = node.items[index];
    if (item) return { token: String(index), node: item };
  }
  return undefined;
}

function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
