/** The full gateway in this process, with real state in a folder of its own, in front of a server that judges what arrives. */
import { PassThrough } from 'node:stream';
import { startGateway, startStdioGateway } from '../../../server/src/gateway/index.ts';
import type { Entry } from '../../../server/src/protocol/audit.ts';
import { openState, type State } from '../../../server/src/state/index.ts';
import { makeFolder } from '../../support/folder.ts';
import { collectingLog } from '../../support/servers/log.ts';
import { settings } from '../support/running.ts';
import { wrappedState } from '../support/wrappedState.ts';
import type { Report } from './report.ts';
import { JudgingUpstream } from './upstream.ts';
import type { World } from './world.ts';

const SERVER = 'judge';

async function prepare(world: World, report: Report) {
  const folder = await makeFolder({ 'policy.json': JSON.stringify(world.policy) });
  const { log, entries } = collectingLog();
  const state = openState(folder.file('state'), { log });
  const upstream = new JudgingUpstream(world, report);
  const append: State['audit']['append'] = (entry) => {
    countDecision(report, entry);
    return state.audit.append(entry);
  };
  const admit: State['admit'] = (charges, at, entry) => {
    countDecision(report, entry);
    return state.admit(charges, at, entry);
  };
  const server = {
    name: SERVER,
    settings,
    policyFile: folder.file('policy.json'),
    openTransport: () => Promise.resolve(upstream.open()),
  };
  const options = { servers: [server], state: wrappedState(state, { append, admit }), version: 'fuzz', log };
  const finish = async (): Promise<void> => {
    const verification = state.audit.verify();
    if (!verification.ok) report.found('the chain of records is broken', verification.problem);
    for (const { level, fields } of entries)
      if (level === 'error') report.found('the gateway logged an error', JSON.stringify(fields));
    await state.close();
    await folder[Symbol.asyncDispose]();
  };
  return { options, state, folder, finish };
}

function countDecision(report: Report, entry: Entry): void {
  if (entry.kind !== 'decision') return;
  const { decision, rule } = entry;
  report.count(`decided: ${decision}`);
  if (rule.startsWith('(')) report.count(`decided: ${rule}`);
}

export interface StdioUnderTest {
  write(bytes: Buffer): void;
  /** Told of each line that the gateway writes. */
  onLine: (text: string) => void;
  finish(): Promise<void>;
}

export async function startOnStdio(world: World, report: Report): Promise<StdioUnderTest> {
  const { options, finish } = await prepare(world, report);
  const [input, output] = [new PassThrough(), new PassThrough()];
  const gateway = await startStdioGateway({ ...options, input, output });
  let rest = '';
  const under: StdioUnderTest = {
    write: (bytes) => void input.write(bytes),
    onLine: () => undefined,
    finish: async () => {
      await gateway.close();
      await finish();
    },
  };
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    // Some clients end lines there too.
    for (const line of lines.flatMap((each) => each.split(/[\u2028\u2029]/))) under.onLine(line);
  });
  return under;
}

export interface HttpUnderTest {
  readonly url: URL;
  readonly token: string;
  finish(): Promise<void>;
}

export async function startOnHttp(world: World, report: Report): Promise<HttpUnderTest> {
  const { options, state, finish } = await prepare(world, report);
  const gateway = await startGateway(options);
  return {
    url: new URL(gateway.urls[SERVER] ?? ''),
    token: state.localToken(),
    finish: async () => {
      await gateway.close();
      await finish();
    },
  };
}
