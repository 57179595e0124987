/** Ways around a policy by what a tool is called (rows 1, 2 and 4 of docs/security-tests.md). */
import { describe, expect, test } from 'vitest';
import { stubLaunch, stubTool } from '../../support/servers/start.ts';
import { openSession, ruleOf, send } from '../support/http.ts';
import { callOf, recordedGateway } from '../support/recorded.ts';
import { runGateway } from '../support/running.ts';

const policy = {
  version: '1',
  default: 'allow',
  hide: ['hidden'],
  tools: {
    denied: { action: 'deny' },
    pay: { deny_if: [{ path: 'args.amount', op: 'gt', value: 100 }] },
    constructor: { action: 'deny' },
    'in words': {},
  },
};
const lookAlikes = ['ｄenied', 'den\u00adied', 'other words', 'line\nbreak', 'e\u0301cho', 'x'.repeat(129)];
const main = recordedGateway(policy, ['denied', 'Denied', 'pay', 'constructor', '__proto__', ...lookAlikes]);

describe('row 1: names', () => {
  test.each([
    'denied\u0000',
    ' denied',
    'denied ',
    'ｄenied',
    'denied\u200b',
    'den\u202eied',
    '',
    '*',
    'x'.repeat(129),
  ])('%j is not a way to spell a tool', async (name) => {
    expect(ruleOf(await main.session.call(name))).toBe('(unavailable)');
    expect(main.calls()).toEqual([]);
  });
  test('case counts: "Denied" is another tool than "denied"', async () => {
    expect(ruleOf(await main.session.call('denied'))).toBe('/tools/denied/action');
    expect(ruleOf(await main.session.call('Denied'))).toBeUndefined();
    expect(main.calls().map(({ params }) => params?.['name'])).toEqual(['Denied']);
  });
});

describe('row 4: prototypes', () => {
  test('a tool called "constructor" obeys its own rule, one called "__proto__" the default', async () => {
    expect(ruleOf(await main.session.call('constructor'))).toBe('/tools/constructor/action');
    expect(ruleOf(await main.session.call('__proto__'))).toBeUndefined();
    expect(ruleOf(await main.session.call('toString'))).toBe('(unavailable)');
  });
  test('what every object has is no rule: tools called so follow the default', async () => {
    const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__', '__defineGetter__'];
    const strict = { version: '1', default: 'deny', tools: { other: {} } };
    await using running = await runGateway(stubLaunch({ tools: names.map(stubTool) }), { policy: strict });
    const session = await openSession(running);
    for (const name of names) expect(ruleOf(await session.call(name)), name).toBe('(default deny)');
  });
  test('an argument "__proto__" is an argument, to the policy and to the server', async () => {
    const args = '{"__proto__":{"amount":1},"amount":1000}';
    expect(ruleOf(await main.session.post(callOf('pay', args)))).toBe('/tools/pay/deny_if/args.amount-gt');
    await main.session.post(callOf('pay', '{"__proto__":{"amount":1000}}'));
    expect(main.texts().at(-1)).toContain('"arguments":{"__proto__":{"amount":1000}}');
  });
});

test('row 1: a tool whose name hides what it is, is not listed', async () => {
  const { tools } = await (await main.running.client()).listTools();
  expect(tools.map(({ name }) => name)).toEqual(['denied', 'Denied', 'pay', 'constructor', '__proto__']);
});

describe('row 2: servers and their tools', () => {
  test('keep limits and records apart, also where names joined would be one', async () => {
    const limited = { limits: [{ counter: 'one', window: 'month', max: 1 }] };
    const launch = stubLaunch({ tools: ['c', 'b__c', 'b/c'].map(stubTool) });
    const others = { a__b: launch, 'a/b': launch, A: launch };
    const policy = { version: '1', default: 'deny', tools: { c: limited, b__c: limited, 'b/c': limited } };
    await using running = await runGateway(launch, { server: 'a', others, policy });
    const called: string[] = [];
    for (const [server, url] of Object.entries(running.gateway.urls)) {
      const session = await openSession({ token: running.token, url: new URL(url) });
      for (const tool of ['c', 'b__c', 'b/c']) {
        expect(ruleOf(await session.call(tool)), `${server} ${tool}`).toBeUndefined();
        expect(ruleOf(await session.call(tool))).toMatch(/\/limits\/one$/);
        called.push(`${server} ${tool}`, `${server} ${tool}`);
      }
    }
    expect(running.decisions().map(({ server, tool }) => `${server} ${tool}`)).toEqual(called);
  });
  test('are no paths: a server is reached by its exact name alone', async () => {
    const { pathname } = main.running.url;
    for (const path of [
      `${pathname}/denied`,
      `${pathname}/`,
      '/mcp/MAIN',
      '/mcp/main%00',
      '/mcp/..%2fmain',
      '//mcp/main',
    ])
      expect((await send(main.running, { path, body: callOf('Denied') })).status, path).toBe(404);
    expect(main.calls()).toEqual([]);
  });
});
