/** Which of a server's tools nobody has reviewed as they are now. Pure. */
import { renamedTools } from './fingerprint.ts';
import { singleTools, type LockedServer } from './lock.ts';
import type { Tool } from './tool.ts';

/** Names as the server wrote them, in its order; a tool stands in one list only. */
export interface UnreviewedTools {
  readonly new: readonly string[];
  /** Differ from their pin in anything. */
  readonly changed: readonly string[];
  /** New by name, while a pinned tool that is gone differs from it in nothing else. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/**
 * `locked`: absent where nobody has reviewed the server. `pin`: see `pinOf`. Of tools that share a name none counts: they can be neither
 * pinned nor called. `undefined`: all are reviewed.
 */
export function unreviewedTools(
  locked: LockedServer | undefined,
  tools: readonly Tool[],
  pin: (tool: Tool) => string,
): UnreviewedTools | undefined {
  const single = singleTools(tools);
  const pinned = locked?.tools ?? new Map<string, never>();
  const added = [...single.values()].filter(({ name }) => !pinned.has(name));
  const changed = [...single.values()].filter(
    (tool) => pinned.has(tool.name) && pinned.get(tool.name)?.hash !== pin(tool),
  );
  if (added.length + changed.length === 0) return undefined;
  const gone = [...pinned.values()].flatMap(({ definition }) => (single.has(definition.name) ? [] : [definition]));
  const renamed = renamedTools(gone, added).map(({ before, after }) => ({ from: before, to: after }));
  const known = new Set(renamed.map(({ to }) => to));
  return {
    new: added.flatMap(({ name }) => (known.has(name) ? [] : [name])),
    changed: changed.map(({ name }) => name),
    renamed,
  };
}
