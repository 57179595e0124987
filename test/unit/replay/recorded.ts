/** Calls, and what a gateway in front of a server that lists every tool would have recorded of them under a policy. */
import {
  compilePolicy,
  decide,
  MemoryCounters,
  readJson,
  type CompiledPolicy,
  type JsonObject,
} from '../../../server/src/policy/index.ts';
import type { AuditRecord, DecisionRecord } from '../../../server/src/protocol/audit.ts';
import type { KeptValues } from '../../../server/src/protocol/values.ts';
import { replayLog, type Replayed } from '../../../server/src/replay/index.ts';

export interface MadeCall {
  readonly tool: string;
  readonly args: unknown;
  /** Milliseconds since the call before. */
  readonly pause: number;
}

export function compiled(value: unknown): CompiledPolicy {
  const compilation = compilePolicy(JSON.stringify(value));
  if (!compilation.ok) throw new Error(compilation.problems[0]?.message);
  return compilation.policy;
}

export function objectOf(value: unknown): JsonObject {
  const reading = readJson(JSON.stringify(value));
  if (!reading.ok || reading.root.kind !== 'object') throw new Error('no object');
  return reading.root;
}

const START = Date.UTC(2026, 0, 31, 23, 50);

export function recordedUnder(policy: CompiledPolicy, made: readonly MadeCall[]): readonly DecisionRecord[] {
  const counters = new MemoryCounters();
  let at = START;
  return made.map(({ tool, args, pause }, index) => {
    at += pause;
    const caller = { grantId: 'g', grantLabel: 'g', session: 's' };
    const root = objectOf(args);
    const call = { tool, caller, upstream: 'listed', category: 'Write', risk: 'low', arguments: root } as const;
    const { decision, rule, message } = decide(policy, call, { server: 'x', policyFile: '' }, counters, at);
    return {
      ...{ kind: 'decision', seq: index + 1, at: new Date(at).toISOString(), id: String(index), prev: '', hash: '' },
      ...{ grant: 'g', client: '', session: 's', server: 'x', method: 'tools/call', tool, rule, message, policy: '' },
      ...{ decision: decision === 'deny' ? 'deny' : 'allow', argsHmac: '', category: 'Write', risk: 'low' },
      argKeys: [...root.members.keys()],
    };
  });
}

/** Replays the records of the server `x`. */
export function replayed(
  policy: CompiledPolicy,
  records: readonly AuditRecord[],
  values: ReadonlyMap<string, KeptValues> = new Map(),
): readonly Replayed[] {
  const log = {
    read: ({ after, first }: { readonly after: number; readonly first: number }) =>
      records.filter(({ seq }) => seq > after).slice(0, first),
    values: () => values,
  };
  return [...replayLog(log, policy, { server: 'x', ownPolicies: new Set(), since: 0 })].flat();
}
