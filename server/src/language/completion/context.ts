/** What every completion source works from. */
import { matchesPattern } from '../../policy/index.ts';
import type { Tool } from '../../catalog/tool.ts';
import type { Cursor } from '../document/cursor.ts';
import type { Owner } from '../document/place.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { TextView } from '../document/text-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';

/** For what depends on the document's schema alone. */
export interface WordContext {
  readonly view: TextView;
  readonly cursor: Cursor;
}

export interface CompletionContext extends WordContext {
  readonly view: PolicyView;
  readonly tools: KnownTools;
}

/** The tools whose calls a ruleset judges: one for an exact key, those that match for a pattern, all for `all_tools`. */
export function governedTools(tools: KnownTools, owner: Owner): readonly Tool[] {
  const all = tools.catalog?.tools ?? [];
  if (owner.kind === 'all_tools') return all;
  return all.filter((tool) => matchesPattern(owner.key, tool.name));
}
