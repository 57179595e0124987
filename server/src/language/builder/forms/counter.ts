/** Names for counters that are new. */
import { toValue, type CompiledPolicy } from '../../../policy/index.ts';
import { nodeAt } from '../../../policy/node-changes.ts';
import type { FormOwner } from '../../../protocol/policyForms.ts';
import { rootOf } from './owner.ts';

/** A limit under a name that no other limit of the owner has; anything else as it is. */
export function freeCounter(policy: CompiledPolicy, owner: FormOwner, rule: unknown): unknown {
  if (typeof rule !== 'object' || rule === null || !('counter' in rule) || typeof rule.counter !== 'string')
    return rule;
  const limits = nodeAt(policy.root, [...rootOf(owner), 'limits']);
  const taken = new Set(limits ? (toValue(limits) as { counter: string }[]).map(({ counter }) => counter) : []);
  let name = rule.counter;
  for (let next = 2; taken.has(name); next += 1) name = `${rule.counter}_${next}`;
  return { ...rule, counter: name };
}
