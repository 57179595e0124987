/** The profiles of a recommended policy: what each does with one tool. Pure; an unknown tool is never taken for a safe one. */
import type { Tool } from '../catalog/index.ts';
import type { Entry } from '../policy/index.ts';
import { recommendedRule, type Risk } from '../risk/index.ts';

export const PROFILES = ['recommended', 'read-only', 'deny-all'] as const;
export type Profile = (typeof PROFILES)[number];

/** What a policy is to say of a tool: in `hide`, or as an entry of `tools`. All beside `"default": "deny"`. */
export type ToolRule = { readonly kind: 'hide' } | { readonly kind: 'entry'; readonly entry: Entry };

export const DENIED: ToolRule = { kind: 'entry', entry: { action: 'deny' } };

export function ruleFor(profile: Profile, tool: Tool, risk: Risk): ToolRule {
  switch (profile) {
    case 'recommended': {
      const rule = recommendedRule(tool, risk);
      return rule.kind === 'hide' ? { kind: 'hide' } : { kind: 'entry', entry: rule.entry as Entry };
    }
    case 'read-only':
      return surelyReads(risk) ? { kind: 'entry', entry: {} } : { kind: 'hide' };
    case 'deny-all':
      return DENIED;
  }
}

function surelyReads({ category, confidence, also }: Risk): boolean {
  return category === 'Read' && confidence !== 'low' && also === undefined;
}

/** What a rule comes to, from the strictest: the order in which a person should look at them, and the words for counts. */
export const OUTCOMES = ['hidden', 'denied', 'approval', 'limited', 'allowed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export function outcomeOf(rule: ToolRule): Outcome {
  if (rule.kind === 'hide') return 'hidden';
  const { action, limits } = rule.entry;
  if (action === 'deny') return 'denied';
  if (action === 'require_approval') return 'approval';
  return limits === undefined ? 'allowed' : 'limited';
}
