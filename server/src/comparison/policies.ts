/**
 * Whether a policy lets through any call that another one stopped, with the same counters: found by analysis of the two documents. Where "not looser"
 * cannot be shown, it is called looser. Names that a document writes out are looked at one by one; all others are governed by patterns alone.
 */
import type { CompiledEntry, CompiledPolicy, CompiledRuleset } from '../policy/compiled.ts';
import { approvalDemand, entryDenial, nameDenial } from '../policy/judge.ts';
import { governingEntries, governingRulesets } from '../policy/tool-name.ts';
import { loosenedPatterns } from './generic.ts';
import { loosenedApproval, ownerOf, type Loosening } from './loosening.ts';
import { deniesAlways, lostRestrictions } from './rulesets.ts';

/** Beyond so many steps a comparison would hold up calls. */
const MAX_WORK = 4_000_000;

/** Empty: every call that `before` denies, `after` denies, and every call that waits for approval waits or is denied. `before` undefined: it denied each call. */
export function loosenedPolicy(before: CompiledPolicy | undefined, after: CompiledPolicy): readonly Loosening[] {
  if (before?.source === after.source) return [];
  const names = exactNames(after, before);
  if (names.size * patternCount(after, before) > MAX_WORK)
    return [{ about: 'all tools', what: 'the policy is too large to be compared' }];
  const found = [
    ...[...names].flatMap((name) => loosenedName(before, after, name)),
    ...loosenedPatterns(before, after),
  ];
  return [...new Map(found.map((each) => [`${each.about}\n${each.what}`, each])).values()];
}

function exactNames(...policies: readonly (CompiledPolicy | undefined)[]): ReadonlySet<string> {
  return new Set(
    policies.flatMap((policy) => (policy ? [...policy.tools.exact.keys(), ...policy.hide.exact.keys()] : [])),
  );
}

function patternCount(...policies: readonly (CompiledPolicy | undefined)[]): number {
  return policies.reduce((sum, each) => sum + (each ? each.tools.patterns.length + each.hide.patterns.length : 0), 1);
}

interface Standing {
  readonly entries: readonly CompiledEntry[];
  readonly rulesets: readonly CompiledRuleset[];
  /** Why each call of the tool is denied. */
  readonly denied?: string;
}

function standingOf(policy: CompiledPolicy | undefined, name: string): Standing {
  if (!policy) return { entries: [], rulesets: [], denied: 'no policy was in force' };
  const entries = governingEntries(policy, name);
  const rulesets = governingRulesets(policy, entries);
  const rule = (nameDenial(policy, name) ?? entryDenial(policy, entries, name))?.rule;
  const denied = rule ?? (rulesets.some(deniesAlways) ? 'a rule that denies each call' : undefined);
  return { entries, rulesets, ...(denied === undefined ? {} : { denied }) };
}

function loosenedName(before: CompiledPolicy | undefined, after: CompiledPolicy, name: string): readonly Loosening[] {
  const [earlier, later] = [standingOf(before, name), standingOf(after, name)];
  if (later.denied !== undefined) return [];
  if (earlier.denied !== undefined) return [{ about: name, what: `is no longer denied; before: ${earlier.denied}` }];
  const demand = approvalDemand(earlier.entries, name);
  const approval = demand && loosenedApproval(demand, approvalDemand(later.entries, name));
  return [
    ...(approval === undefined ? [] : [{ about: name, what: approval }]),
    ...earlier.rulesets.flatMap((ruleset) =>
      lostRestrictions(ruleset, later.rulesets).map((what) => ({ about: ownerOf(ruleset), what })),
    ),
  ];
}
