/** What rulesets restrict, compared: which conditions and limits of the earlier ones the later ones do not keep. */
import type { CompiledCondition, CompiledLimit, CompiledRuleset } from '../policy/compiled.ts';
import { conditionInWords, limitInWords, rateLimitInWords } from '../policy/sentences.ts';
import { deniesAtLeast, holdsOnlyWith } from './implications.ts';

/** Whether it denies each call, whatever the arguments and however little was counted. */
export function deniesAlways({ denyIf, rateLimit, limits }: CompiledRuleset): boolean {
  return (
    denyIf.some(({ predicates }) => predicates.length === 0) ||
    rateLimit?.max === 0 ||
    limits.some(({ max, incrementFrom }) => max === 0 && !incrementFrom)
  );
}

/** In words: what `before` restricts and none of `after`, which govern the same calls, does. */
export function lostRestrictions(before: CompiledRuleset, after: readonly CompiledRuleset[]): readonly string[] {
  return [
    ...before.denyIf.filter((each) => !isStillDenied(each, after)).map((each) => lostCondition('deny_if', each)),
    ...before.require.filter((each) => !isStillRequired(each, after)).map((each) => lostCondition('require', each)),
    ...lostLimits(
      before,
      after.find(({ prefix }) => prefix === before.prefix),
    ),
  ];
}

function lostCondition(section: string, condition: CompiledCondition): string {
  return `the condition in ${section}, "${conditionInWords(condition)}", was removed or weakened`;
}

function isStillDenied(condition: CompiledCondition, after: readonly CompiledRuleset[]): boolean {
  return after.some(({ denyIf }) => denyIf.some((later) => deniesAtLeast(later, condition)));
}

/** Whatever `require` asks in several conditions must hold all together. */
function isStillRequired({ predicates }: CompiledCondition, after: readonly CompiledRuleset[]): boolean {
  return predicates.every((earlier) =>
    after.some(({ require }) =>
      require.some((condition) => condition.predicates.some((later) => holdsOnlyWith(later, earlier))),
    ),
  );
}

/** Counters belong to their ruleset (policy language §5): one that stands elsewhere, or counts otherwise, begins at nothing. */
function lostLimits(before: CompiledRuleset, after: CompiledRuleset | undefined): readonly string[] {
  const { rateLimit } = before;
  const isRateKept =
    !rateLimit ||
    (after?.rateLimit?.seconds === rateLimit.seconds &&
      after.rateLimit.scope === rateLimit.scope &&
      after.rateLimit.max <= rateLimit.max);
  const lost = before.limits.filter((limit) => !after?.limits.some((later) => isLimitKept(limit, later)));
  return [
    ...(isRateKept ? [] : [`the rate limit, ${rateLimitInWords(rateLimit)}, was removed, raised or changed`]),
    ...lost.map((limit) => `the limit, ${limitInWords(limit)}, was removed, raised or changed`),
  ];
}

function isLimitKept(before: CompiledLimit, after: CompiledLimit): boolean {
  const isSameCounter =
    after.counter === before.counter && after.window === before.window && after.scope === before.scope;
  return isSameCounter && amountOf(after) === amountOf(before) && after.max <= before.max;
}

function amountOf({ incrementFrom }: CompiledLimit): string {
  return incrementFrom ? JSON.stringify(incrementFrom.path) : '';
}
