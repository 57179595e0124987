/** What this room writes for a tool, recognised again in a policy: what differs was changed by a person, and stays. Pure. */
import { canonicalJson } from '../catalog/index.ts';
import { CATEGORIES, toValue, type CompiledPolicy, type Entry } from '../policy/index.ts';
import { recommendedRule } from '../risk/index.ts';
import { DENIED, outcomeOf, OUTCOMES, type ToolRule } from './profile.ts';

/** What the policy says of the tool by its exact name. */
export function ruleIn(policy: CompiledPolicy, name: string): ToolRule | undefined {
  const entry = entryIn(policy, name);
  if (entry !== undefined) return { kind: 'entry', entry };
  return policy.hide.exact.has(name) ? { kind: 'hide' } : undefined;
}

export function entryIn(policy: CompiledPolicy, name: string): Entry | undefined {
  const tools = policy.root.members.get('tools')?.value;
  const node = tools?.kind === 'object' ? tools.members.get(name)?.value : undefined;
  return node && (toValue(node) as Entry);
}

export function isSameRule(a: ToolRule, b: ToolRule): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Whether the rule is one that some profile writes for some risk of a tool of this name. */
export function isOwnForm(name: string, rule: ToolRule): boolean {
  return ownForms(name).some((form) => isSameRule(form, rule));
}

function ownForms(name: string): readonly ToolRule[] {
  const forms = CATEGORIES.map((category): ToolRule => {
    const risk = { category, level: 'low', confidence: 'high', why: [], signals: [] } as const;
    const rule = recommendedRule({ name }, risk);
    return rule.kind === 'hide' ? { kind: 'hide' } : { kind: 'entry', entry: rule.entry as Entry };
  });
  return [...forms, DENIED];
}

/** Negative when `a` is stricter than `b`, 0 when they are equally strict, as far as their kind and their limit say. */
export function compareStrictness(a: ToolRule, b: ToolRule): number {
  return OUTCOMES.indexOf(outcomeOf(a)) - OUTCOMES.indexOf(outcomeOf(b)) || maximumOf(a) - maximumOf(b);
}

function maximumOf(rule: ToolRule): number {
  return rule.kind === 'entry' ? (rule.entry.limits?.[0]?.max ?? 0) : 0;
}
