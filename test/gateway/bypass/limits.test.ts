/** Ways around limits (rows 6, 7 and 23 to 25 of docs/security-tests.md). */
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../../support/folder.ts';
import { stubLaunch, stubTool } from '../../support/servers/start.ts';
import { openSession, ruleOf, type RawSession } from '../support/http.ts';
import { callOf, callsIn, recordedGateway } from '../support/recorded.ts';
import { runGateway } from '../support/running.ts';
import { stdioClient } from '../support/stdioClient.ts';

const perDay = (max: number, rest: object = {}): object => ({
  limits: [{ counter: 'c', window: 'day', max, ...rest }],
});
const policy = {
  version: '1',
  default: 'allow',
  tools: { ten: perDay(10), spend: perDay(100, { increment_from: 'args.amount' }) },
};
const main = recordedGateway(policy, ['ten', 'spend']);

test('row 25: a limit of ten holds among a hundred calls at once, over several sessions', async () => {
  const sessions = await Promise.all(Array.from({ length: 4 }, () => openSession(main.running)));
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => (sessions[index % 4] as RawSession).post(callOf('ten'))),
  );
  expect(answers.filter((answer) => ruleOf(answer) === undefined)).toHaveLength(10);
  expect(main.calls()).toHaveLength(10);
  const refused = answers.find((answer) => ruleOf(answer) !== undefined);
  expect(refused?.json.result?.['_meta']).toMatchObject({
    'portcullis/decision': { retryAfter: expect.any(Number) as number },
  });
});

describe('row 6: amounts', () => {
  test.each(['-50', '-0.01', '"10"', '[10]', 'null', 'true', '9007199254740993', '100.00000000000000000001', '1e300'])(
    '%s cannot be counted, so the call is denied',
    async (amount) => {
      const answer = await main.session.post(callOf('spend', `{"amount":${amount}}`));
      expect(ruleOf(answer)).toBe('/tools/spend/limits/c');
      expect(main.calls()).toEqual([]);
    },
  );
  test('one that is left out, or is no number at all, is not free', async () => {
    expect(ruleOf(await main.session.call('spend'))).toBe('/tools/spend/limits/c');
    expect((await main.session.post(callOf('spend', '{"amount":NaN}'))).status).toBe(400);
    expect(main.calls()).toEqual([]);
  });
  test('fractions are summed exactly, and what was refused before gave nothing back', async () => {
    for (const amount of ['99.7', '0.1', '0.1', '0.1'])
      expect(ruleOf(await main.session.post(callOf('spend', `{"amount":${amount}}`)))).toBeUndefined();
    for (const amount of ['0.01', '-1', '1'])
      expect(ruleOf(await main.session.post(callOf('spend', `{"amount":${amount}}`)))).toBe('/tools/spend/limits/c');
    expect(main.calls()).toHaveLength(4);
  });
});

describe('row 7: once a byte of a call was sent, its count stays', () => {
  const tools = ['fails', 'is_error', 'not_run', 'dies', 'hangs'];
  const options = {
    tools: tools.map(stubTool),
    errorCodes: { fails: -32000, not_run: -32602 },
    rawResults: { is_error: '{"content":[],"isError":true}' },
    dieOn: 'dies',
    hangOn: 'hangs',
  };
  const limits = { version: '1', default: 'allow', all_tools: { rate_limit: { max: 1, window: 3600 } } };

  test.each([
    ['fails', 1],
    ['is_error', 1],
    ['dies', 1],
    ['hangs', 1],
    // It says itself that it did not run the call.
    ['not_run', 3],
  ])('%s: of three calls, %i arrive', async (tool, arrivals) => {
    await using folder = await makeFolder();
    const record = folder.file('received');
    const launch = stubLaunch({ ...options, record });
    await using running = await runGateway(launch, { policy: limits, settings: { timeout: 0.3 } });
    const session = await openSession(running);
    for (let call = 0; call < 3; call++) await session.call(tool);
    expect(callsIn(record)).toHaveLength(arrivals);
  });
});

describe('row 23: a limit is not reset', () => {
  const tools = ['one'].map(stubTool);
  const limited = {
    version: '1',
    default: 'deny',
    tools: { one: { rate_limit: { max: 1, window: 3600, scope: 'grant' }, ...perDay(1) } },
  };
  const RULE = '/tools/one/rate_limit';

  test('by another session, by a restart, or by another process on the same state', async () => {
    await using folder = await makeFolder({
      'portcullis.json': JSON.stringify({ servers: { main: { ...stubLaunch({ tools }), kind: undefined } } }),
    });
    {
      await using running = await runGateway(stubLaunch({ tools }), { policy: limited, folder });
      expect(ruleOf(await (await openSession(running)).call('one'))).toBeUndefined();
      expect(ruleOf(await (await openSession(running)).call('one'))).toBe(RULE);
      const place = ['--folder', folder.path, '--state', folder.file('state'), '--server', 'main'];
      const client = await stdioClient(place);
      const denied = await client.callTool({ name: 'one', arguments: {} });
      expect(denied._meta?.['portcullis/decision']).toMatchObject({ rule: RULE });
      await client.close();
    }
    await using restarted = await runGateway(stubLaunch({ tools }), { policy: limited, folder });
    expect(ruleOf(await (await openSession(restarted)).call('one'))).toBe(RULE);
  });
});

describe('row 24: the clock', () => {
  const tools = ['sliding', 'daily'].map(stubTool);
  const limited = {
    version: '1',
    default: 'deny',
    tools: { sliding: { rate_limit: { max: 1, window: 60, scope: 'grant' } }, daily: perDay(1) },
  };
  const DAY = 86_400_000;
  const midnight = Date.UTC(2026, 10, 23);

  test('set back, it gives nothing back: not in one process, and not over a restart', async () => {
    await using folder = await makeFolder();
    let now = midnight + 1_000;
    const options = { policy: limited, folder, clock: () => now };
    {
      await using running = await runGateway(stubLaunch({ tools }), options);
      const session = await openSession(running);
      for (const tool of ['sliding', 'daily']) expect(ruleOf(await session.call(tool))).toBeUndefined();
      now -= DAY;
      for (const tool of ['sliding', 'daily']) expect(ruleOf(await session.call(tool)), tool).toBeDefined();
    }
    await using restarted = await runGateway(stubLaunch({ tools }), options);
    const session = await openSession(restarted);
    for (const tool of ['sliding', 'daily']) expect(ruleOf(await session.call(tool)), tool).toBeDefined();
    now = midnight + DAY;
    for (const tool of ['sliding', 'daily']) expect(ruleOf(await session.call(tool))).toBeUndefined();
    now -= DAY;
    for (const tool of ['sliding', 'daily']) expect(ruleOf(await session.call(tool)), tool).toBeDefined();
  });

  test('a rate limit has no boundary at which it begins anew', async () => {
    let now = midnight - 1_000;
    await using running = await runGateway(stubLaunch({ tools }), { policy: limited, clock: () => now });
    const session = await openSession(running);
    expect(ruleOf(await session.call('sliding'))).toBeUndefined();
    now += 59_999;
    expect(ruleOf(await session.call('sliding'))).toBe('/tools/sliding/rate_limit');
    now += 1;
    expect(ruleOf(await session.call('sliding'))).toBeUndefined();
  });
});
