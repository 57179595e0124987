import {
  isPattern,
  matchesPattern,
  type CompiledEntry,
  type CompiledPolicy,
  type HiddenPattern,
  type JsonArray,
} from '../../policy/index.ts';
import { removeItem, removeMember } from '../../policy/changes.ts';
import type { Fix } from '../finding.ts';
import { quote } from '../quote.ts';
import type { KnownTools, Rule } from '../rule.ts';

/** Entries of tools that `hide` removes: hidden tools are denied first, so the entry never decides anything. */
export const entryUnderHiddenTool: Rule = {
  code: 'entry-under-hidden-tool',
  severity: 'warning',
  title: 'The tool of this entry is hidden',
  *check({ policy, tools }) {
    if (policy.hide.exact.size === 0 && policy.hide.patterns.length === 0) return;
    for (const entry of [...policy.tools.exact.values(), ...policy.tools.patterns]) {
      const hiding = hidingOf(policy, entry, tools);
      if (!hiding) continue;
      yield {
        message: `"hide" removes what ${quote(entry.key)} speaks of, and hidden tools are denied first: this entry never decides anything. Remove the entry, or stop hiding the tool.`,
        span: entry.keySpan,
        related: [{ span: { start: hiding.start, end: hiding.end }, message: 'Hidden here' }],
        fixes: fixesOf(policy, entry, hiding),
      };
    }
  },
};

/** What hides the entry's tool; for a pattern, what hides every known tool that it fits. */
function hidingOf(
  policy: CompiledPolicy,
  entry: CompiledEntry,
  tools: KnownTools | undefined,
): HiddenPattern | undefined {
  if (!isPattern(entry.key)) return hidingPattern(policy, entry.key);
  const same = policy.hide.patterns.find(({ key }) => key === entry.key || key === '*');
  if (same || tools === undefined) return same;
  const hiding = tools.names
    .filter((name) => matchesPattern(entry.key, name))
    .map((name) => hidingPattern(policy, name));
  return hiding.every((found) => found !== undefined) ? hiding[0] : undefined;
}

function hidingPattern({ hide }: CompiledPolicy, name: string): HiddenPattern | undefined {
  return hide.exact.get(name) ?? hide.patterns.find(({ key }) => matchesPattern(key, name));
}

function fixesOf(policy: CompiledPolicy, entry: CompiledEntry, hiding: HiddenPattern): readonly Fix[] {
  const tools = policy.root.members.get('tools')?.value;
  const fixes: Fix[] = [];
  if (tools?.kind === 'object') {
    fixes.push({
      title: `Remove the entry ${quote(entry.key)}`,
      edits: removeMember(tools, entry.key),
      preferred: true,
    });
  }
  const hide = policy.root.members.get('hide')?.value;
  const index = hide?.kind === 'array' ? hide.items.findIndex((item) => item.start === hiding.start) : -1;
  // Only an item that hides this very name can go without uncovering other tools; and no pattern may hide it as well.
  const alone =
    hiding.key === entry.key &&
    !policy.hide.patterns.some(({ key }) => key !== hiding.key && matchesPattern(key, entry.key));
  if (alone && index >= 0)
    fixes.push({ title: `Remove ${quote(hiding.key)} from "hide"`, edits: removeItem(hide as JsonArray, index) });
  return fixes;
}
