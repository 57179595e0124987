/** The counters that a call touches, in the order of step 9 (policy language §3 and §5). Says what would be counted; stores count. */
import { ONE, parseDecimal, type Decimal } from './decimal.ts';
import type { CompiledLimit, CompiledRateLimit, CompiledRuleset } from './compiled.ts';
import type { Call, Charge, CounterOwner } from './decision.ts';
import { counterIdentity } from './identity.ts';
import { resolveSingle } from './resolve.ts';
import { exceededSentence, incrementSentence, limitInWords, rateLimitInWords } from './sentences.ts';

export function chargesOf(rulesets: readonly CompiledRuleset[], call: Call, owner: CounterOwner): readonly Charge[] {
  const charges: Charge[] = [];
  for (const ruleset of rulesets) {
    if (ruleset.rateLimit) charges.push(rateCharge(ruleset, ruleset.rateLimit, call, owner));
    for (const limit of ruleset.limits) charges.push(quotaCharge(ruleset, limit, call, owner));
  }
  return charges;
}

function rateCharge(
  { prefix, reason }: CompiledRuleset,
  limit: CompiledRateLimit,
  call: Call,
  owner: CounterOwner,
): Charge {
  const { rule, max, seconds, scope, onDeny } = limit;
  const name = { ruleset: prefix, kind: 'rate', counter: call.tool, window: seconds, scope } as const;
  return {
    rule,
    message: onDeny ?? reason ?? exceededSentence(rateLimitInWords(limit)),
    counter: counterIdentity(owner, name, call.caller),
    window: { kind: 'sliding', seconds },
    max,
    amount: ONE,
  };
}

function quotaCharge(
  { prefix, reason }: CompiledRuleset,
  limit: CompiledLimit,
  call: Call,
  owner: CounterOwner,
): Charge {
  const { rule, counter, window, max, scope, onDeny } = limit;
  const amount = amountOf(limit, call);
  const name = { ruleset: prefix, kind: 'quota', counter, window, scope } as const;
  const sentence =
    amount || !limit.incrementFrom
      ? exceededSentence(limitInWords(limit))
      : incrementSentence(limit.incrementFrom.text);
  return {
    rule,
    message: onDeny ?? reason ?? sentence,
    counter: counterIdentity(owner, name, call.caller),
    window: { kind: 'calendar', unit: window },
    max,
    amount,
  };
}

/** Undefined when the argument is absent, inexact, negative, over 2^53−1 or no number. */
function amountOf({ incrementFrom }: CompiledLimit, call: Call): Decimal | undefined {
  if (!incrementFrom) return ONE;
  const found = resolveSingle(incrementFrom.path, call);
  if (found === undefined || found === 'unreachable' || found.kind !== 'number' || !found.exact) return undefined;
  return found.value >= 0 && found.value <= Number.MAX_SAFE_INTEGER ? parseDecimal(found.text) : undefined;
}
