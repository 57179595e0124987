/** A gateway and one session for a whole file of tests. The server behind it records every message that reaches it: what is not there never arrived. */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { makeFolder, type Folder } from '../../support/folder.ts';
import { received, receivedTexts, stubLaunch, stubTool } from '../../support/servers/start.ts';
import { openSession, type RawSession } from './http.ts';
import { runGateway, type TestGateway, type TestGatewayOptions } from './running.ts';

export interface Recorded {
  readonly running: TestGateway;
  readonly session: RawSession;
  /** The file in which arrivals are recorded. */
  readonly record: string;
  /** What arrived since the test began. */
  calls(): ReturnType<typeof received>;
  arrived(): ReturnType<typeof received>;
  texts(): readonly string[];
}

/** To be called while tests are being collected; usable from the first test on. */
export function recordedGateway(policy: unknown, tools: readonly string[], options: Partial<TestGatewayOptions> = {}) {
  const kept: { folder?: Folder; running?: TestGateway; session?: RawSession } = {};
  const record = (): string => kept.folder?.file('received') ?? '';
  beforeAll(async () => {
    kept.folder = await makeFolder();
    const launch = stubLaunch({ record: record(), tools: tools.map(stubTool) });
    kept.running = await runGateway(launch, { policy, ...options });
    kept.session = await openSession(kept.running);
  });
  afterAll(async () => {
    await kept.running?.[Symbol.asyncDispose]();
    await kept.folder?.[Symbol.asyncDispose]();
  });
  beforeEach(() => writeFileSync(record(), ''));
  const recorded: Recorded = {
    get running() {
      return kept.running as TestGateway;
    },
    get session() {
      return kept.session as RawSession;
    },
    get record() {
      return record();
    },
    calls: () => callsIn(record()),
    arrived: () => received(record()),
    texts: () => receivedTexts(record()),
  };
  return recorded;
}

/** The tool calls among the messages of a record. */
export function callsIn(record: string): ReturnType<typeof received> {
  return received(record).filter(({ method }) => method === 'tools/call');
}

/** The text of a `tools/call`; `args` is JSON text. */
export function callOf(name: string, args = '{}', id: unknown = randomUUID()): string {
  return `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"method":"tools/call","params":{"name":${JSON.stringify(name)},"arguments":${args}}}`;
}
