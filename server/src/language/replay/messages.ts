/** The requests that read recorded calls. */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { languageMessages } from '../../protocol/language.ts';
import type { RecordedCaseParams, RecordedCaseResult } from '../../protocol/policyTests.ts';
import type { ReplayParams, ReplayResult } from '../../protocol/replay.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { Session } from '../session.ts';
import { recordedCase } from './recorded-case.ts';
import { replayPolicy, type ReplayRequest } from './replay-policy.ts';
import { withRecords } from './with-records.ts';

const FAILED = { kind: 'problem', problem: 'The recorded calls could not be read.' } as const;

type ViewOf = (session: Session, uri: string) => Promise<PolicyView | undefined>;

export function handleReplay(connection: Connection, session: Session, viewOf: ViewOf): void {
  connection.onRequest(
    languageMessages.replay,
    session.safe.request('replay', FAILED, async ({ policyUri, since }: ReplayParams, token) => {
      const view = await viewOf(session, policyUri);
      const policy = view?.policy;
      if (!policy) return { kind: 'problem', problem: INVALID } as const;
      const { server } = session.workspace.toolsFor(view);
      const named = server ?? view.statedServer;
      if (named === undefined) return { kind: 'problem', problem: NO_SERVER } as const;
      return await replay(session, view, { policy, server: named, since }, token);
    }),
  );
}

export function handleRecordedCase(connection: Connection, session: Session): void {
  const failed: RecordedCaseResult = { kind: 'problem', problem: FAILED.problem };
  connection.onRequest(
    languageMessages.recordedCase,
    session.safe.request('recordedCase', failed, (call: RecordedCaseParams) =>
      withRecords(session.runtime, session.client.stateFolder, (records) =>
        recordedCase(call, records?.values([call.id]).get(call.id)),
      ),
    ),
  );
}

async function replay(
  { runtime, client }: Session,
  view: PolicyView,
  request: ReplayRequest,
  token: CancellationToken,
): Promise<ReplayResult> {
  try {
    return await withRecords(runtime, client.stateFolder, (records) =>
      records ? replayPolicy(view, records, request, token) : { kind: 'problem', problem: NOTHING },
    );
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? error.message : String(error) };
  }
}

const INVALID = 'The policy has errors. Mend them first, then ask again.';
const NO_SERVER = 'It is not known which server this policy is for. Name it: "server": "NAME".';
const NOTHING = 'No calls are recorded yet. Start the gateway, and let an agent use it for a while.';
