import { diffCatalogs, type ChangedTool } from '../../catalog/index.ts';
import { quote, quoteSome } from '../quote.ts';
import type { KnownTools, Rule } from '../rule.ts';

/** Entries of tools whose definition is another one than when the policy was last written or reviewed: what was judged then is not what agents call now. */
export const toolChanged: Rule = {
  code: 'tool-changed',
  severity: 'warning',
  title: 'The tool has changed since the policy was reviewed',
  local: true,
  *check({ policy, tools, reviewed }) {
    if (tools === undefined || reviewed === undefined) return;
    for (const [name, { fields }] of changes(reviewed, tools)) {
      const entry = policy.tools.exact.get(name);
      if (!entry) continue;
      yield {
        message: `${quoteSome(fields)} of ${quote(name)} changed since ${lastReview(reviewed)}. Read what the tool does now, and whether this entry still fits it; ${whereShown(reviewed)}`,
        span: entry.keySpan,
        fixes: [],
      };
    }
  },
};

/** With "when" or "since" before it. */
export function lastReview({ catalog }: KnownTools): string {
  return catalog.source === 'lock' ? 'it was pinned in portcullis.lock.json' : 'this policy was last reviewed';
}

function whereShown({ catalog }: KnownTools): string {
  return catalog.source === 'lock'
    ? '"portcullis lock" shows the difference, and with --accept pins the tool as it is now.'
    : '"portcullis init" shows the difference, and with --write takes the new list as reviewed.';
}

/** Both lists are old when a document is typed in: they are compared once. */
const compared = new WeakMap<KnownTools, WeakMap<KnownTools, ReadonlyMap<string, ChangedTool>>>();

function changes(before: KnownTools, after: KnownTools): ReadonlyMap<string, ChangedTool> {
  const known = compared.get(before) ?? new WeakMap<KnownTools, ReadonlyMap<string, ChangedTool>>();
  compared.set(before, known);
  let changed = known.get(after);
  if (changed === undefined) {
    changed = new Map(diffCatalogs(before.catalog, after.catalog).changed.map((tool) => [tool.name, tool]));
    known.set(after, changed);
  }
  return changed;
}
