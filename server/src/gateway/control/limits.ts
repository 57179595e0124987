/** What is counted now, for the editor's hovers. Reserves and changes nothing. */
import type { Clock, Log } from '../../ports.ts';
import type { CountedUse, LimitsReport } from '../../protocol/limits.ts';
import type { CounterUse, State } from '../../state/index.ts';
import { reasonOf } from '../rules/reason.ts';

/** A policy that counts by session may have very many counters, and a hover shows a few. */
const MAX_USES = 1_000;

/** Never throws. */
export function limitsReport(state: State, clock: Clock, log: Log): LimitsReport {
  try {
    const uses = state.countersInUse?.(clock());
    if (uses === undefined) return {};
    const labels = new Map(state.grants.list().map(({ id, label }) => [id, label]));
    return { uses: uses.slice(0, MAX_USES).map((use) => reported(use, labels)) };
  } catch (error) {
    log.error('What is used of limits could not be read.', { reason: reasonOf(error) });
    return {};
  }
}

function reported(use: CounterUse, labels: ReadonlyMap<string, string>): CountedUse {
  const { server, policyFile: policy, name: counter, grantId, session, used, freesAt } = use;
  return {
    server,
    policy,
    counter,
    ...(grantId !== undefined && { grant: labels.get(grantId) ?? grantId }),
    ...(session !== undefined && { session }),
    used,
    freesAt,
  };
}
