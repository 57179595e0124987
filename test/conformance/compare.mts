/** Pure: what was lost between a direct run of the suite and one through something. */
import type { Check, Results } from './suite.mts';

export interface Tally {
  readonly passed: number;
  /** Checks that passed or did not; what was skipped or is only told is no check. */
  readonly total: number;
}

export function tally(checks: readonly Check[]): Tally {
  const judged = checks.filter(({ status }) => status !== 'SKIPPED' && status !== 'INFO');
  return { passed: judged.filter(({ status }) => status === 'SUCCESS').length, total: judged.length };
}

export interface Loss {
  readonly scenario: string;
  readonly check: string;
  readonly message: string;
}

export interface Comparison {
  readonly direct: Results;
  readonly through: Results;
  /** Scenarios, ids of checks, or `scenario:id`, in which there is nothing to be lost. */
  readonly inapplicable?: ReadonlySet<string>;
}

/**
 * Each check that passes directly and not through, whether it fails there, is skipped or is missing; each that fails only
 * through; and each scenario in which nothing was compared, since nothing passes directly.
 */
export function losses({ direct, through, inapplicable = new Set() }: Comparison): readonly Loss[] {
  return [...direct].flatMap(([scenario, checks]) => {
    if (inapplicable.has(scenario)) return [];
    const applicable = checks.filter(({ id }) => !inapplicable.has(id) && !inapplicable.has(`${scenario}:${id}`));
    if (tally(applicable).passed === 0) return [{ scenario, check: '(all)', message: 'Nothing passes directly.' }];
    const before = byKey(applicable);
    const after = byKey(through.get(scenario) ?? []);
    const gone = [...before].filter(([key, { status }]) => status === 'SUCCESS' && after.get(key)?.status !== status);
    const added = [...after].filter(([key, { status }]) => status === 'FAILURE' && !isJudged(before.get(key)));
    return [...gone, ...added].map(([key]) => ({ scenario, check: key, message: describe(after.get(key)) }));
  });
}

function isJudged(check: Check | undefined): boolean {
  return check !== undefined && tally([check]).total > 0;
}

/** A scenario may make one check several times; those are told apart by their order. */
function byKey(checks: readonly Check[]): ReadonlyMap<string, Check> {
  const keyed = new Map<string, Check>();
  const seen = new Map<string, number>();
  for (const check of checks) {
    const name = `${check.id} ${check.name}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    keyed.set(count === 1 ? name : `${name} (${count})`, check);
  }
  return keyed;
}

function describe(check: Check | undefined): string {
  if (!check) return 'The check was not made.';
  return `${check.status.toLowerCase()}: ${check.errorMessage ?? 'no reason given'}`;
}
