/** Decides the recorded calls of a policy's server under its text as it stands in the editor. Pauses between pages, so that typing goes on meanwhile. */
import type { CancellationToken } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/index.ts';
import { locateRule, type CompiledPolicy } from '../../policy/index.ts';
import { Differences, doubtInWords, replayLog, type ChangedCalls, type Difference } from '../../replay/index.ts';
import type { ReplayGroup, ReplayResult } from '../../protocol/replay.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { Records } from './records.ts';

export interface ReplayRequest {
  readonly policy: CompiledPolicy;
  readonly server: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** `view`: of the policy's text. What it returns when cancelled is of no use. */
export async function replayPolicy(
  view: PolicyView,
  records: Records,
  { policy, server, since }: ReplayRequest,
  token: CancellationToken,
): Promise<ReplayResult> {
  const differences = new Differences();
  for (const page of replayLog(records, policy, { server, since, ownPolicies: records.ownPolicies })) {
    differences.add(page);
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) break;
  }
  return onWire(view, server, differences.result());
}

function onWire(view: PolicyView, server: string, { groups, ...counts }: Difference): ReplayResult {
  return {
    kind: 'difference',
    server: escapeUntrusted(server),
    ...counts,
    groups: groups.map((each) => group(view, each)),
  };
}

function group(view: PolicyView, { tool, before, after, rule, doubt, count, newest }: ChangedCalls): ReplayGroup {
  const span = view.policy && (locateRule(view.policy, rule, tool) ?? locateRule(view.policy, '(default deny)', tool));
  return {
    tool: escapeUntrusted(tool),
    ...{ before, after, count },
    why: escapeUntrusted(doubt ? doubtInWords(doubt) : rule),
    ...(span ? { range: view.range(span) } : {}),
    calls: newest.toReversed().map(({ record: { at, client, grant } }) => ({
      at,
      client: escapeUntrusted(client),
      grant: escapeUntrusted(grant),
    })),
  };
}
