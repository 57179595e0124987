/** Counters joined with the limits that they belong to, in the policies as they are now. */
import { readFile } from 'node:fs/promises';
import { compilePolicy, limitCounting, type CompiledPolicy, type CounterScope } from '../policy/index.ts';
import type { CounterUse, GrantStore } from '../state/index.ts';

export interface LimitUse {
  readonly server: string;
  /** Absolute path. */
  readonly policy: string;
  /** As in the audit log; empty where the policy has no such limit any more. */
  readonly rule: string;
  readonly counter: string;
  /** `minute` … `month`, or the seconds of a sliding window. */
  readonly window: string | number;
  readonly scope: CounterScope;
  /** Its label; absent where all grants share the counter. */
  readonly grant?: string;
  readonly session?: string;
  /** An exact decimal. */
  readonly used: string;
  /** Absent with `rule`. */
  readonly max?: number;
  /** ISO 8601: when the window ends; of a sliding one, when the oldest call leaves it. */
  readonly freesAt: string;
}

export async function limitUses(
  uses: readonly CounterUse[],
  grants: Pick<GrantStore, 'list'>,
): Promise<readonly LimitUse[]> {
  const labels = new Map(grants.list().map(({ id, label }) => [id, label]));
  const files = [...new Set(uses.map(({ policyFile }) => policyFile))];
  const policies = new Map(await Promise.all(files.map(async (file) => [file, await policyIn(file)] as const)));
  return uses.map(({ server, policyFile, name, grantId, session, used, freesAt }) => {
    const policy = policies.get(policyFile);
    const limit = policy && limitCounting(policy, name);
    return {
      server,
      policy: policyFile,
      rule: limit?.rule ?? '',
      counter: name.counter,
      window: name.window,
      scope: name.scope,
      ...(grantId !== undefined && { grant: labels.get(grantId) ?? grantId }),
      ...(session !== undefined && { session }),
      used,
      ...(limit && { max: limit.max }),
      freesAt: new Date(freesAt).toISOString(),
    };
  });
}

/** A policy that is gone or invalid has no limits to name; what was counted under it is shown all the same. */
async function policyIn(file: string): Promise<CompiledPolicy | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  const compiled = bytes && compilePolicy(bytes);
  return compiled?.ok ? compiled.policy : undefined;
}
