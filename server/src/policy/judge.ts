/**
 * Steps 1 to 8 of the decision, and what steps 9 and 10 need (policy language §3). A pure function of policy and call: counters are
 * decide.ts's business, asking people the gateway's.
 */
import { chargesOf } from './charges.ts';
import { DEFAULT_APPROVAL_TIMEOUT } from './compiled.ts';
import type { CompiledCondition, CompiledEntry, CompiledPolicy, CompiledRuleset } from './compiled.ts';
import { evaluateCondition, type ConditionResult } from './condition.ts';
import type { AgentDenial, ApprovalDemand, Call, CounterOwner, Denial, Judgement } from './decision.ts';
import { forbiddenSentence, requiredSentence, SENTENCES, unknownSentence } from './sentences.ts';
import {
  decidingEntry,
  governingEntries,
  governingRulesets,
  hidingPattern,
  isListed,
  isUnsafeName,
} from './tool-name.ts';

export const RULES = {
  noPolicy: '(no policy)',
  unsafeName: '(unsafe name)',
  hidden: '(hidden)',
  unknownTool: '(unknown tool)',
  defaultDeny: '(default deny)',
  unavailable: '(unavailable)',
} as const;

/** `policy` undefined: no valid one is in force. */
export function judge(policy: CompiledPolicy | undefined, call: Call, owner: CounterOwner): Judgement {
  if (!policy) return denial(RULES.noPolicy, SENTENCES.noPolicy);
  const unavailable = nameDenial(policy, call.tool) ?? upstreamDenial(call);
  if (unavailable) return unavailable;
  const entries = governingEntries(policy, call.tool);
  const rulesets = governingRulesets(policy, entries);
  return (
    entryDenial(policy, entries, call.tool) ?? conditionDenial(rulesets, call) ?? pass(entries, rulesets, call, owner)
  );
}

/** Steps 2 and 3: what an agent must not see in a tool list. */
export function nameDenial(policy: CompiledPolicy, name: string): Denial | undefined {
  if (isUnsafeName(policy, name)) return denial(RULES.unsafeName, SENTENCES.unsafeName);
  return hidingPattern(policy, name) && denial(RULES.hidden, SENTENCES.hidden);
}

/** What the agent may learn of a denial: steps 2 to 4 look alike. */
export function agentDenial({ rule, message }: Denial): AgentDenial {
  const isUnavailable = rule === RULES.unsafeName || rule === RULES.hidden || rule === RULES.unknownTool;
  return isUnavailable ? { rule: RULES.unavailable, message: SENTENCES.unavailable } : { rule, message };
}

/** Steps 5 and 6: what holds for a tool whatever its arguments. */
export function entryDenial(
  policy: CompiledPolicy,
  entries: readonly CompiledEntry[],
  name: string,
): Denial | undefined {
  if (policy.default === 'deny' && !isListed(entries)) return denial(RULES.defaultDeny, SENTENCES.defaultDeny);
  const deciding = decidingEntry(entries, name);
  if (deciding?.action?.value !== 'deny') return undefined;
  return denial(`${deciding.prefix}/action`, deciding.reason ?? SENTENCES.actionDeny);
}

/** What step 10 asks for; undefined unless the action is `require_approval`. */
export function approvalDemand(entries: readonly CompiledEntry[], name: string): ApprovalDemand | undefined {
  const deciding = decidingEntry(entries, name);
  if (deciding?.action?.value !== 'require_approval') return undefined;
  const asking = entries.filter(({ action }) => action?.value === 'require_approval');
  const message = asking.find(({ approval }) => approval?.message !== undefined)?.approval?.message;
  return {
    rule: `${deciding.prefix}/approval`,
    timeout: Math.min(...asking.map(({ approval }) => approval?.timeout ?? DEFAULT_APPROVAL_TIMEOUT)),
    remember: asking.every(({ approval }) => approval?.remember === 'session') ? 'session' : 'never',
    ...(message !== undefined && { message }),
    ...(deciding.reason !== undefined && { reason: deciding.reason }),
  };
}

/** Step 4. */
export function upstreamDenial({ upstream }: Call): Denial | undefined {
  if (upstream === 'missing') return denial(RULES.unknownTool, SENTENCES.missingTool);
  return upstream === 'duplicate' ? denial(RULES.unknownTool, SENTENCES.duplicateTool) : undefined;
}

function conditionDenial(rulesets: readonly CompiledRuleset[], call: Call): Denial | undefined {
  return (
    firstDenial(rulesets, ({ reason, denyIf }) => firstDenial(denyIf, (each) => forbidden(each, call, reason))) ??
    firstDenial(rulesets, ({ reason, require }) => firstDenial(require, (each) => missed(each, call, reason)))
  );
}

function firstDenial<T>(items: readonly T[], deny: (item: T) => Denial | undefined): Denial | undefined {
  for (const item of items) {
    const found = deny(item);
    if (found) return found;
  }
  return undefined;
}

function forbidden(condition: CompiledCondition, call: Call, reason: string | undefined): Denial | undefined {
  const result = evaluateCondition(condition, call, 'any');
  return result.truth === 'fails' ? undefined : conditionRefused(condition, result, reason, forbiddenSentence);
}

function missed(condition: CompiledCondition, call: Call, reason: string | undefined): Denial | undefined {
  const result = evaluateCondition(condition, call, 'every');
  return result.truth === 'holds' ? undefined : conditionRefused(condition, result, reason, requiredSentence);
}

function conditionRefused(
  condition: CompiledCondition,
  { unknown }: ConditionResult,
  reason: string | undefined,
  sentence: (condition: CompiledCondition) => string,
): Denial {
  const own = condition.onDeny ?? reason;
  return denial(condition.rule, own ?? (unknown ? unknownSentence(unknown) : sentence(condition)));
}

function pass(
  entries: readonly CompiledEntry[],
  rulesets: readonly CompiledRuleset[],
  call: Call,
  owner: CounterOwner,
): Judgement {
  const approval = approvalDemand(entries, call.tool);
  return { outcome: 'pass', charges: chargesOf(rulesets, call, owner), ...(approval && { approval }) };
}

function denial(rule: string, message: string): Denial {
  return { outcome: 'deny', rule, message };
}
