/** What identifies a tool's definition, and what changed between two lists. Trust is tied to the whole definition, not to the name. */
import { canonicalJson } from './canonical.ts';
import type { Catalog, Tool } from './tool.ts';

/**
 * A digest of the whole tool object as the server sent it, fields that we do not know included; the order of keys does not matter.
 * `digest` hashes the canonical text (UTF-16 string in, any digest text out); pure rooms have no hash of their own.
 */
export function fingerprint(tool: Tool, digest: (text: string) => string): string {
  return digest(canonicalJson(tool));
}

export interface CatalogChanges {
  readonly added: readonly Tool[];
  readonly removed: readonly Tool[];
  readonly changed: readonly ChangedTool[];
  /** A removed and an added tool that differ in nothing but the name; they are in `removed` and `added` too. */
  readonly renamed: readonly { readonly before: string; readonly after: string }[];
}

export interface ChangedTool {
  readonly name: string;
  readonly before: Tool;
  readonly after: Tool;
  /** Top-level fields that differ, sorted: `description`, `inputSchema`… */
  readonly fields: readonly string[];
}

/** Compares two lists of one server by name. Of tools that share a name, the first counts. Order is that of `after`, removed ones that of `before`. */
export function diffCatalogs(before: Catalog, after: Catalog): CatalogChanges {
  const earlier = toolsByName(before);
  const later = toolsByName(after);
  const added = [...later.values()].filter((tool) => !earlier.has(tool.name));
  const removed = [...earlier.values()].filter((tool) => !later.has(tool.name));
  const changed: ChangedTool[] = [];
  for (const tool of later.values()) {
    const former = earlier.get(tool.name);
    const fields = former ? changedFields(former, tool) : [];
    if (former && fields.length > 0) changed.push({ name: tool.name, before: former, after: tool, fields });
  }
  return { added, removed, changed, renamed: renamedTools(removed, added) };
}

const indexes = new WeakMap<Catalog, ReadonlyMap<string, Tool>>();

/** The tools of a catalog by name, the first of each name. Remembered for as long as the catalog lives. */
export function toolsByName(catalog: Catalog): ReadonlyMap<string, Tool> {
  let index = indexes.get(catalog);
  if (index === undefined) {
    const built = new Map<string, Tool>();
    for (const tool of catalog.tools) if (!built.has(tool.name)) built.set(tool.name, tool);
    index = built;
    indexes.set(catalog, index);
  }
  return index;
}

function changedFields(before: Tool, after: Tool): readonly string[] {
  if (before === after) return [];
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].filter((field) => fieldText(before, field) !== fieldText(after, field)).sort();
}

function fieldText(tool: Tool, field: string): string | undefined {
  if (!Object.hasOwn(tool, field)) return undefined;
  const value = (tool as unknown as Readonly<Record<string, unknown>>)[field];
  return value === undefined ? undefined : canonicalJson(value);
}

/** Pairs of a removed and an added tool that differ in nothing but the name. */
export function renamedTools(removed: readonly Tool[], added: readonly Tool[]): CatalogChanges['renamed'] {
  if (removed.length === 0) return [];
  const orphans = new Map<string, string[]>();
  for (const tool of removed) {
    const body = canonicalJson({ ...tool, name: '' });
    const names = orphans.get(body);
    if (names) names.push(tool.name);
    else orphans.set(body, [tool.name]);
  }
  const found: { before: string; after: string }[] = [];
  for (const tool of added) {
    const former = orphans.get(canonicalJson({ ...tool, name: '' }))?.shift();
    if (former !== undefined) found.push({ before: former, after: tool.name });
  }
  return found;
}
