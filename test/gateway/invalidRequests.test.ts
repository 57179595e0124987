/** What is aimed at a tool and refused before it can be judged is on record: by the names of all tools that it could have meant. */
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { StdioFace } from '../../server/src/gateway/stdio/face.ts';
import { stubLaunch } from '../support/servers/start.ts';
import { openSession } from './support/http.ts';
import { governInMemory, policyOf } from './support/inMemory.ts';
import { runGateway, type TestGateway } from './support/running.ts';

const call = (params: string, rest = '"id":1'): string =>
  `{"jsonrpc":"2.0",${rest},"method":"tools/call","params":${params}}`;

const attempts: readonly (readonly [string, string, readonly string[]])[] = [
  ['broken', `${call('{"name":"pay"}')},`, ['pay']],
  ['cut off', call('{"name":"pay"}').slice(0, -2), ['pay']],
  ['the name twice', call('{"name":"echo","name":"pay"}'), ['echo', 'pay']],
  ['the name once more, in other letters', call('{"name":"echo"}', '"id":1,"PARAMS":{"Name":"pay"}'), ['pay', 'echo']],
  ['an argument twice', call('{"name":"pay","arguments":{"a":1,"a":"secret value"}}'), ['pay']],
  ['a number that overflows', call('{"name":"pay","arguments":{"a":1e400}}'), ['pay']],
  ['a half character', call('{"name":"pay","arguments":{"a":"\\ud800"}}'), ['pay']],
  ['nested too deeply', call(`{"name":"pay","arguments":{"a":${'['.repeat(70)}${']'.repeat(70)}}}`), ['pay']],
  ['the id null', call('{"name":"pay"}', '"id":null'), ['pay']],
  ['parameters that are none', call('["pay"]'), ['']],
  ['a member that nobody knows', call('{"name":"pay"}', '"id":1,"extra":1'), ['pay']],
  ['a batch', `[${call('{"name":"echo"}')},${call('{"name":"pay"}', '"id":2')}]`, ['echo', 'pay']],
  ['no call of a tool', '{"jsonrpc":"2.0","id":null,"method":"ping"}', []],
  ['no JSON at all', 'tools/call pay', []],
];

describe('over HTTP', () => {
  let running: TestGateway;
  beforeAll(async () => {
    running = await runGateway(stubLaunch(), { policy: { version: '1', default: 'allow' } });
  });
  afterAll(() => running[Symbol.asyncDispose]());

  test.each(attempts)('%s', async (_what, body, tools) => {
    const session = await openSession(running);
    const before = running.decisions().length;
    expect((await session.post(body)).status).toBe(400);
    const records = running.decisions().slice(before);
    expect(records.map(({ tool }) => tool)).toEqual(tools);
    for (const record of records)
      expect(record).toMatchObject({
        decision: 'deny',
        rule: '(invalid request)',
        method: 'tools/call',
        grant: 'local',
        session: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      });
    expect(JSON.stringify(records)).not.toContain('secret value');
  });

  test('one message of a batch that is otherwise served', async () => {
    const session = await openSession(running, { revision: '2025-03-26' });
    const before = running.decisions().length;
    await session.post(`[${call('{"name":"echo"}')},${call('{"name":"pay"}', '"id":null')}]`);
    const records = running.decisions().slice(before);
    const rules = Object.fromEntries(records.map(({ tool, rule }) => [tool, rule]));
    expect(rules).toEqual({ echo: '', pay: '(invalid request)' });
  });
});

test.each(attempts)('over stdio: %s', async (_what, line, tools) => {
  const { server, records } = governInMemory(policyOf({ version: '1', default: 'allow' }), ['echo']);
  const [input, output] = [new PassThrough(), new PassThrough()];
  const grant = { id: 'g', label: 'g' };
  const face = new StdioFace({ server, grant, input, output, onEnd: () => undefined });
  input.write(`${line}\n`);
  await vi.waitUntil(() => output.readableLength > 0);
  const decided = records.flatMap((each) => (each.kind === 'decision' ? [`${each.rule} ${each.tool}`] : []));
  expect(decided).toEqual(tools.map((tool) => `(invalid request) ${tool}`));
  face.close();
});
