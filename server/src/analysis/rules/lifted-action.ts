import {
  matchesPattern,
  type Action,
  type CompiledEntry,
  type CompiledPolicy,
  type StatedAction,
} from '../../policy/index.ts';
import { removeMembers } from '../../policy/changes.ts';
import type { Fix } from '../finding.ts';
import { quote } from '../quote.ts';
import type { Rule } from '../rule.ts';

/** Exact entries whose action lifts the stricter one of a pattern that fits the tool too (policy language §2). It may be meant, so it is a note. */
export const liftedAction: Rule = {
  code: 'lifted-action',
  severity: 'information',
  title: "This entry lifts a pattern's action",
  *check({ policy }) {
    const strict = policy.tools.patterns.flatMap(({ key, action }) =>
      action && STRICTNESS[action.value] > 0 ? [{ key, action }] : [],
    );
    if (strict.length === 0) return;
    for (const entry of policy.tools.exact.values()) {
      if (!entry.action || entry.action.value === 'deny') continue;
      const lifted = liftedBy(entry.key, entry.action, strict);
      if (!lifted) continue;
      yield {
        message: `${quote(lifted.key)} says ${EFFECT[lifted.action.value]}, and ${quote(entry.action.value)} here lifts that for ${quote(entry.key)}. Remove it if the pattern should hold for this tool too.`,
        span: { start: entry.action.start, end: entry.action.end },
        related: [{ span: { start: lifted.action.start, end: lifted.action.end }, message: 'Lifted for this tool' }],
        fixes: fixesOf(policy, entry),
      };
    }
  },
};

const STRICTNESS: Readonly<Record<Action, number>> = { allow: 0, require_approval: 1, deny: 2 };
const EFFECT: Readonly<Record<Action, string>> = {
  allow: '"allow"',
  require_approval: '"require_approval"',
  deny: '"deny"',
};

interface Stated {
  readonly key: string;
  readonly action: StatedAction;
}

function liftedBy(name: string, action: StatedAction, strict: readonly Stated[]): Stated | undefined {
  return strict.find(
    (pattern) => STRICTNESS[pattern.action.value] > STRICTNESS[action.value] && matchesPattern(pattern.key, name),
  );
}

function fixesOf({ root }: CompiledPolicy, { key }: CompiledEntry): readonly Fix[] {
  const tools = root.members.get('tools')?.value;
  const node = tools?.kind === 'object' ? tools.members.get(key)?.value : undefined;
  if (node?.kind !== 'object') return [];
  // "approval" may not stand alone.
  return [{ title: "Keep the pattern's action", edits: removeMembers(node, ['action', 'approval']) }];
}
