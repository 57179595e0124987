import { addMembers, removeMember, replaceBy } from '../../policy/changes.ts';
import type { CompiledRuleset, JsonNode } from '../../policy/index.ts';
import { rulesetsOf, type PlacedRuleset } from '../conditions.ts';
import type { Fix, TextChange } from '../finding.ts';
import { limitsOf, removeLimit } from '../limits.ts';
import type { Draft, Rule } from '../rule.ts';

/** Limits with the maximum 0: a denial that looks like a limit. Silent where the entry denies in words. */
export const zeroLimit: Rule = {
  code: 'zero-limit',
  severity: 'warning',
  title: 'A maximum of 0 denies every call',
  local: true,
  *check({ text, policy }) {
    for (const placed of rulesetsOf(policy)) {
      if (placed.ruleset.rateLimit?.max !== 0 || denies(placed)) continue;
      yield draft(text, placed, placed.ruleset.rateLimit, removeMember(placed.node, 'rate_limit'), NOTHING_PASSES);
    }
    for (const each of limitsOf(policy)) {
      if (each.limit.max !== 0 || denies(each.placed)) continue;
      const effect = each.limit.incrementFrom
        ? `only calls whose ${each.limit.incrementFrom.text} is 0 pass`
        : NOTHING_PASSES;
      yield draft(text, each.placed, each.limit, removeLimit(each), effect);
    }
  },
};

const NOTHING_PASSES = 'no call ever passes';

function denies({ entry }: PlacedRuleset): boolean {
  return entry?.action?.value === 'deny';
}

function draft(
  text: string,
  placed: PlacedRuleset,
  limit: Pick<CompiledRuleset, 'start' | 'end'>,
  removal: readonly TextChange[],
  effect: string,
): Draft {
  return {
    message: `The maximum is 0, so ${effect}. Say "action": "deny" if that is meant, else raise the maximum.`,
    span: { start: limit.start, end: limit.end },
    fixes: [...denyFix(text, placed, removal, effect), { title: 'Remove the limit', edits: removal }],
  };
}

/** The same effect in words, where the whole entry is denied anyway. */
function denyFix(
  text: string,
  { node, entry }: PlacedRuleset,
  removal: readonly TextChange[],
  effect: string,
): readonly Fix[] {
  if (!entry || effect !== NOTHING_PASSES) return [];
  const title = 'Deny the tool in words';
  const action: JsonNode | undefined = node.members.get('action')?.value;
  // An approval stands only beside the action that asks for one, and nobody is asked about what is denied.
  if (node.members.has('approval')) return [];
  if (action) return [{ title, edits: [...removal, replaceBy(action, 'deny')] }];
  if (node.members.size === 1) return [{ title, edits: [replaceBy(node, { action: 'deny' })] }];
  return [{ title, edits: [...removal, addMembers(text, node, [['action', 'deny']])] }];
}
