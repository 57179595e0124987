/** What an edit would have changed: the records of a real state, decided under the text as it stands in the editor. */
import { CancellationTokenSource } from 'vscode-languageserver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../server/src/language/replay/records.ts';
import { languageMessages } from '../../server/src/protocol/language.ts';
import type { ReplayParams, ReplayResult } from '../../server/src/protocol/replay.ts';
import { openState } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { decided } from '../unit/state/records.ts';
import { connectClient, type TestClient } from './support/client.ts';
import { fakeRuntime, POLICY_URI } from './support/runtime.ts';

const LENS = 'Replay last week…';
const DAY = 86_400_000;

const policy = (max: number) =>
  `{ "version": "1", "default": "deny", "tools": {\n  "pay": { "deny_if": [{ "path": "args.amount", "op": "gt", "value": ${String(max)} }] } } }`;

let folder: Folder;
let client: TestClient;

beforeAll(async () => {
  folder = await makeFolder();
  let now = Date.now() - 30 * DAY;
  const state = openState(folder.path, { clock: () => now });
  const call = (id: string, some: Parameters<typeof decided>[0] = {}): void =>
    void state.audit.append(
      decided({
        id,
        server: 'files',
        tool: 'pay',
        decision: 'allow',
        rule: '',
        argKeys: ['amount'],
        client: 'a\u202Eb',
        ...some,
      }),
    );
  call('old');
  now = Date.now() - 1_000;
  for (const id of ['small', 'large', 'lost']) call(id);
  call('elsewhere', { server: 'other' });
  call('gone', { tool: 'read', argKeys: [] });
  state.values.keep('small', { paths: ['args.amount'], withheld: {}, args: '{"amount":1}' });
  state.values.keep('large', { paths: ['args.amount'], withheld: {}, args: '{"amount":9}' });
  await state.close();
  const initialization = { trusted: true, stateFolder: folder.path, replayCommand: 'replay' };
  client = await connectClient({ ...fakeRuntime([]), openRecords }, { initialization });
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const ask = (on: TestClient = client) => {
  const params: ReplayParams = { policyUri: POLICY_URI, since: Date.now() - 7 * DAY };
  return on.connection.sendRequest<ReplayResult>(languageMessages.replay, params);
};

async function lenses(on: TestClient): Promise<readonly (string | undefined)[]> {
  const params = { textDocument: { uri: POLICY_URI } };
  const found = await on.connection.sendRequest<{ command?: { title: string } }[]>('textDocument/codeLens', params);
  return found.map(({ command }) => command?.title);
}

describe('what an edit would have changed', () => {
  it('decides the calls of the last week under the text that is not saved, and leads to the rule', async () => {
    await client.open(policy(10));
    await client.live();
    expect(await ask()).toMatchObject({ kind: 'difference', calls: 4, changed: 1, unknown: 1 });
    await client.change(POLICY_URI, 2, policy(5));
    const result = await ask();
    expect(result).toMatchObject({
      ...{ server: 'files', calls: 4, changed: 2, unknown: 1 },
      groups: expect.arrayContaining([
        expect.objectContaining({
          ...{ tool: 'pay', before: 'allow', after: 'deny', count: 1 },
          why: '/tools/pay/deny_if/args.amount-gt',
          range: { start: { line: 1, character: 23 }, end: expect.anything() as unknown },
        }),
        expect.objectContaining({ tool: 'pay', after: 'unknown', why: 'depends on args.amount (not kept)' }),
        expect.objectContaining({ tool: 'read', after: 'deny', why: '(default deny)' }),
      ]) as unknown,
    });
    // What a client calls itself is anybody's.
    expect(JSON.stringify(result)).not.toContain('\u202E');
  });

  it('says why there is nothing to decide', async () => {
    await client.change(POLICY_URI, 3, '{ "version": "1"');
    expect(await ask()).toMatchObject({ kind: 'problem', problem: expect.stringContaining('errors') as string });
    await client.change(POLICY_URI, 4, policy(10));
  });

  it('is offered above a policy whose server has recorded calls, and above no other', async () => {
    expect(await lenses(client)).toContain(LENS);
    await using empty = await makeFolder();
    await using other = await connectClient(
      { ...fakeRuntime([]), openRecords },
      { initialization: { trusted: true, stateFolder: empty.path, replayCommand: 'replay' } },
    );
    await other.open(policy(10));
    expect(await lenses(other)).not.toContain(LENS);
    expect(await ask(other)).toMatchObject({
      kind: 'problem',
      problem: expect.stringContaining('recorded yet') as string,
    });
  });

  it('opens no log for a lens that is turned off', async () => {
    const opened: string[] = [];
    const counting = (at: string): ReturnType<typeof openRecords> => (opened.push(at), openRecords(at));
    await using other = await connectClient(
      { ...fakeRuntime([]), openRecords: counting },
      { initialization: { trusted: true, stateFolder: folder.path, replayCommand: 'replay' } },
    );
    await other.open(policy(10));
    const settings = { portcullis: { lens: { summary: false } } };
    await other.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    expect(await lenses(other)).not.toContain(LENS);
    expect(opened).toEqual([]);
  });

  it('is answered with nothing when it is cancelled', async () => {
    const stop = new CancellationTokenSource();
    const params: ReplayParams = { policyUri: POLICY_URI, since: 0 };
    const answer = client.connection.sendRequest(languageMessages.replay, params, stop.token);
    stop.cancel();
    await expect(answer).rejects.toThrow('cancelled');
  });
});
