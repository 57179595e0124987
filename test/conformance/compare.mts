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

/**
 * Each check that passes directly and not through, whether it fails there, is skipped or is missing; each that fails only
 * through; and each scenario in which nothing passed directly, since nothing was compared then.
 */
export function losses(direct: Results, through: Results): readonly Loss[] {
  return [...direct].flatMap(([scenario, checks]) => {
    if (tally(checks).passed === 0) return [{ scenario, check: '(all)', message: 'Nothing passes directly.' }];
    const before = byKey(checks);
    const after = byKey(through.get(scenario) ?? []);
    const gone = [...before].filter(([key, { status }]) => status === 'SUCCESS' && after.get(key)?.status !== status);
    const added = [...after].filter(([key, { status }]) => status === 'FAILURE' && !before.has(key));
    return [
      ...gone.map(([key]) => ({ scenario, check: key, message: describe(after.get(key)) })),
      ...added.map(([key, check]) => ({ scenario, check: key, message: describe(check) })),
    ];
  });
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
