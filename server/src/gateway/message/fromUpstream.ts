/**
 * What is taken away from what an upstream says: tools that the policy hides, and `_meta` keys that would pass for ours.
 * Everything else stays deep-equal, unknown members included.
 */
import type { Tool } from '../../catalog/index.ts';
import type { Params } from '../../mcp/message.ts';

const OWN_META = 'portcullis/';
/** `result.content[i].resource._meta` is the deepest place where the protocol has a `_meta`. */
const META_DEPTH = 5;

/** Returns the very same object when nothing had to go. */
export function withoutOwnMeta<T>(value: T): T {
  return strip(value, META_DEPTH) as T;
}

function strip(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth === 0) return value;
  if (Array.isArray(value)) return stripArray(value, depth);
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const before = (value as Params)[key];
    const after = key === '_meta' ? withoutOwnKeys(before) : strip(before, depth - 1);
    if (after === before) continue;
    copy ??= ownCopy(value as Params);
    define(copy, key, after);
  }
  return copy ?? value;
}

function stripArray(items: readonly unknown[], depth: number): readonly unknown[] {
  let copy: unknown[] | undefined;
  items.forEach((before, index) => {
    const after = strip(before, depth - 1);
    if (after === before) return;
    copy ??= [...items];
    copy[index] = after;
  });
  return copy ?? items;
}

function withoutOwnKeys(meta: unknown): unknown {
  if (typeof meta !== 'object' || meta === null || Array.isArray(meta)) return meta;
  const keys = Object.keys(meta);
  if (!keys.some((key) => key.startsWith(OWN_META))) return meta;
  const copy: Record<string, unknown> = {};
  for (const key of keys) if (!key.startsWith(OWN_META)) define(copy, key, (meta as Params)[key]);
  return copy;
}

/** A spread keeps an own `__proto__`; an assignment would not. */
function ownCopy(value: Params): Record<string, unknown> {
  return { ...value };
}

function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** The `name` of a tool on a page of `tools/list`, where it has one. */
export function toolName(tool: unknown): string | undefined {
  if (typeof tool !== 'object' || tool === null) return undefined;
  const name: unknown = (tool as Params)['name'];
  return typeof name === 'string' ? name : undefined;
}

/** Keeps the tools that may be shown. `undefined`: the page has no list of tools, so nothing can be filtered and nothing may be shown. */
export function filterToolsPage(page: Params, isShown: (name: string, tool: Tool) => boolean): Params | undefined {
  const tools = page['tools'];
  if (!Array.isArray(tools)) return undefined;
  const seen = countNames(tools);
  const shown = tools.filter((tool) => {
    const name = toolName(tool);
    return name !== undefined && seen.get(name) === 1 && isShown(name, tool as Tool);
  });
  return { ...page, tools: shown };
}

function countNames(tools: readonly unknown[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  for (const tool of tools) {
    const name = toolName(tool);
    if (name !== undefined) seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  return seen;
}
