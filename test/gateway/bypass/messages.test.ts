/** Ways around a policy by how a message is written (rows 3, 5, 8 to 12, 14 and 22 of docs/security-tests.md). */
import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { StdioFace } from '../../../server/src/gateway/stdio/face.ts';
import { governInMemory, policyOf } from '../support/inMemory.ts';
import { makeFolder } from '../../support/folder.ts';
import { received, stubLaunch } from '../../support/servers/start.ts';
import { openSession, ruleOf } from '../support/http.ts';
import { callOf, recordedGateway } from '../support/recorded.ts';
import { runGateway } from '../support/running.ts';

const policy = {
  version: '1',
  default: 'allow',
  hide: ['hidden'],
  tools: {
    denied: { action: 'deny' },
    pay: { deny_if: [{ path: 'args.amount', op: 'gt', value: 100 }] },
    named: { require: [{ path: 'args.to', op: 'eq', value: 'me' }] },
  },
};
const main = recordedGateway(policy, ['echo', 'denied', 'hidden', 'pay', 'named', 'Denied']);

describe('row 3: keys', () => {
  test.each([
    ['the name twice', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","name":"denied"}}'],
    [
      'the name twice, escaped',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","n\\u0061me":"denied"}}',
    ],
    [
      'params twice',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"},"params":{"name":"denied"}}',
    ],
    ['an argument twice', callOf('pay', '{"amount":1,"amount":1000}')],
    [
      'a method beside the method',
      '{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/call","params":{"name":"denied"}}',
    ],
    [
      'a Name beside the name',
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","Name":"denied"}}',
    ],
    ['a Kelvin sign', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","tas\u212a":{}}}'],
    ['a request that is a response too', '{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}'],
  ])('%s is refused', async (_what, body) => {
    const answer = await main.session.post(body);
    expect(answer.json.error?.code).toBeLessThanOrEqual(-32600);
    expect(main.calls()).toEqual([]);
  });
});

describe('row 5: numbers', () => {
  test.each(['1e400', '-1e400'])('%s is no number that can be forwarded', async (number) => {
    expect((await main.session.post(callOf('echo', `{"n":${number}}`))).status).toBe(400);
    expect(main.calls()).toEqual([]);
  });
  test.each(['9007199254740993', '100.00000000000000000001', '"99999"', '[1000]', 'null', 'true'])(
    'an amount of %s cannot be compared, so the call is denied',
    async (amount) => {
      expect(ruleOf(await main.session.post(callOf('pay', `{"amount":${amount}}`)))).toBe(
        '/tools/pay/deny_if/args.amount-gt',
      );
      expect(main.calls()).toEqual([]);
    },
  );
  test('digits travel as they were written', async () => {
    await main.session.post(callOf('echo', '{"n":9007199254740993,"x":1.000000000000000005,"z":-0,"e":1E2}'));
    expect(main.texts().at(-1)).toContain('{"n":9007199254740993,"x":1.000000000000000005,"z":-0,"e":1E2}');
  });
});

describe('row 8: batches', () => {
  const batch = `[${callOf('echo')},${callOf('denied')},${callOf('hidden')}]`;
  test.each(['2025-06-18', '2025-11-25'])('are refused on %s', async (revision) => {
    const own = await openSession(main.running, { revision });
    expect((await own.post(batch)).status).toBe(400);
    expect(main.calls()).toEqual([]);
  });
  test.each(['2024-11-05', '2025-03-26'])('are judged one by one on %s', async (revision) => {
    const own = await openSession(main.running, { revision });
    const answer = await own.post(batch);
    expect(JSON.parse(answer.text)).toHaveLength(3);
    expect(main.calls().map(({ params }) => params?.['name'])).toEqual(['echo']);
  });
  test('cannot hold an "initialize"', async () => {
    const own = await openSession(main.running, { revision: '2025-03-26' });
    const init =
      '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{}}}';
    expect((await own.post(`[${init}]`)).status).toBe(400);
  });
});

test('row 9: a call without an id is dropped and recorded', async () => {
  await main.session.post('{"jsonrpc":"2.0","method":"tools/call","params":{"name":"echo","arguments":{}}}');
  await main.session.call('echo', { after: true });
  expect(main.calls()).toHaveLength(1);
  expect(main.running.decisions().at(-2)).toMatchObject({
    decision: 'deny',
    tool: 'echo',
    rule: '/methods/tools/call',
  });
});

describe('row 10: ids', () => {
  test.each(['null', 'true', '{}', '[1]', '1.5', '9007199254740993', '1e400'])('%s is no id', async (id) => {
    const answer = await main.session.post(
      `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"echo"}}`,
    );
    expect(answer.status).toBe(400);
    expect(main.calls()).toEqual([]);
  });
  test("the server never sees a client's id, and every client gets its own answer", async () => {
    const others = await Promise.all(Array.from({ length: 20 }, () => openSession(main.running)));
    const answers = await Promise.all(others.map((other, index) => other.post(callOf('echo', `{"who":${index}}`, 7))));
    answers.forEach(({ text }, index) => expect(text).toContain(`{\\"who\\":${index}}`));
    const ids = main.calls().map((call) => (call as { id?: unknown }).id);
    expect(new Set(ids).size).toBe(20);
  });
});

test('row 11: a task-augmented call is judged as any other, and tasks of nobody cannot be fetched', async () => {
  const asTask = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'denied', task: { ttl: 1000 } } };
  const denied = await main.session.post(asTask);
  expect(ruleOf(denied)).toBe('/tools/denied/action');
  expect(denied.json.result).not.toHaveProperty('task');
  const guessed = await main.session.post({
    jsonrpc: '2.0',
    id: 2,
    method: 'tasks/result',
    params: { taskId: 'guess' },
  });
  expect(guessed.json.error?.code).toBe(-32602);
  expect(main.arrived()).toEqual([]);
});

test('row 12: parameters of a retry that this revision does not know are refused', async () => {
  const params = { name: 'echo', arguments: {}, inputResponses: {}, requestState: 'x' };
  const answer = await main.session.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  expect(answer.json.error?.code).toBe(-32602);
  expect(main.calls()).toEqual([]);
});

describe('row 14: methods', () => {
  test.each([
    'tools/call ',
    'Tools/Call',
    'tools/list/../call',
    'server/discover',
    'sampling/createMessage',
    'rpc.discover',
  ])('%j is not a method that passes', async (method) => {
    const answer = await main.session.post({ jsonrpc: '2.0', id: 1, method, params: { name: 'denied' } });
    expect(answer.json.error).toMatchObject({
      code: -32601,
      data: { 'portcullis/decision': { rule: `/methods/${method}` } },
    });
    expect(main.arrived()).toEqual([]);
  });
  test('tasks came with 2025-11-25', async () => {
    const own = await openSession(main.running, { revision: '2025-06-18' });
    expect((await own.post({ jsonrpc: '2.0', id: 1, method: 'tasks/list' })).json.error?.code).toBe(-32601);
  });
});

test('row 22: the gateway adds no arguments', async () => {
  await main.session.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo' } });
  expect(main.calls()[0]?.params).toEqual({ name: 'echo' });
});

describe('row 11: tasks', () => {
  const task = { taskId: 'task-of-a', status: 'working' };
  const answers = { 'tools/call': { task }, 'tasks/list': { tasks: [task] }, 'tasks/get': task };

  /** A client of its own grant, over stdio. */
  function clientOf(server: ReturnType<typeof governInMemory>['server'], id: string) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const face = new StdioFace({ server, grant: { id, label: id }, input, output, onEnd: () => undefined });
    const ask = async (message: object): Promise<string> => {
      input.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, ...message })}\n`);
      await vi.waitUntil(() => output.readableLength > 0);
      return String(output.read());
    };
    const initialize = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: id, version: '1' } };
    return { ask, hello: () => ask({ method: 'initialize', params: initialize }), close: () => face.close() };
  }

  test('belong to the grant that started them: others neither see nor reach them', async () => {
    const { server, arrived } = governInMemory(policyOf({ version: '1', default: 'allow' }), ['echo'], { answers });
    const [owner, other] = [clientOf(server, 'a'), clientOf(server, 'b')];
    await owner.hello();
    await other.hello();
    await owner.ask({ method: 'tools/call', params: { name: 'echo', task: {} } });
    expect(await owner.ask({ method: 'tasks/get', params: { taskId: 'task-of-a' } })).toContain('"working"');
    expect(await owner.ask({ method: 'tasks/list' })).toContain('task-of-a');
    const before = arrived.length;
    for (const method of ['tasks/get', 'tasks/result', 'tasks/cancel'])
      expect(await other.ask({ method, params: { taskId: 'task-of-a' } })).toContain('There is no such task');
    expect(arrived).toHaveLength(before);
    expect(await other.ask({ method: 'tasks/list' })).not.toContain('task-of-a');
    owner.close();
    other.close();
  });
});

test('row 22: an argument that is left out is absent, whatever default its schema may state', async () => {
  expect(ruleOf(await main.session.call('named'))).toBe('/tools/named/require/args.to-eq');
  expect(ruleOf(await main.session.call('named', { to: 'me' }))).toBeUndefined();
  expect(main.calls()).toHaveLength(1);
});

describe('row 13: a server that asks what its client cannot answer', () => {
  test.each(['sampling/createMessage', 'elicitation/create', 'roots/list', 'tasks/list', 'tools/call', 'anything'])(
    '%s: the client never hears of it, and the server is told so',
    async (method) => {
      await using folder = await makeFolder();
      const record = folder.file('received');
      const launch = stubLaunch({ record, askOn: { tool: 'echo', method } });
      await using running = await runGateway(launch, { policy });
      // One capability, another than those asked for: such a client has a connection of its own, and could be asked.
      const session = await openSession(running, { capabilities: { experimental: {} } });
      const answer = await session.call('echo');
      expect(answer.text).not.toContain(method);
      await expect
        .poll(() => received(record).filter((each) => 'id' in each && each.id === 'asked'))
        .toEqual([expect.objectContaining({ error: expect.objectContaining({ code: -32601 }) as object })]);
    },
  );
});
