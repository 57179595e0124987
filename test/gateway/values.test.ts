/** Values of arguments: kept only where a person wants it, only at paths of the policy, sealed, for seven days, and never in the way of a call. */
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ValuesWish } from '../../server/src/gateway/values/wish.ts';
import { controlRoutes, type GatewayStatus, type ValuesAnswer } from '../../server/src/protocol/control.ts';
import { openState } from '../../server/src/state/index.ts';
import { makeFolder } from '../support/folder.ts';
import { filesIn, hunt, plant } from '../support/hunt.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession } from './support/http.ts';
import { callOf } from './support/recorded.ts';
import { CONTROL_TOKEN, runGateway, settings, type TestGateway, type TestGatewayOptions } from './support/running.ts';

const policy = {
  version: '1',
  default: 'allow',
  tools: {
    pay: {
      deny_if: [
        { path: 'args.amount', op: 'gt', value: 10 },
        { path: 'args.note', op: 'contains', value: 'never' },
        { path: 'args.api_key', op: 'eq', value: 'x' },
      ],
    },
    free: {},
  },
};
const DAY = 86_400_000;

function start(options: Partial<TestGatewayOptions> = {}): Promise<TestGateway> {
  return runGateway(stubLaunch({ tools: ['pay', 'free'].map(stubTool) }), { policy, keepsValues: true, ...options });
}

async function pay(running: TestGateway, args: unknown): Promise<string> {
  const session = await openSession(running);
  await session.post(callOf('pay', JSON.stringify(args)));
  return running.decisions().at(-1)?.id ?? '';
}

const kept = (running: TestGateway, id: string) => running.state.values.read([id]).get(id);

describe('values of arguments', () => {
  test('are kept at the paths of the policy that judged, and nowhere else', async () => {
    await using running = await start();
    const allowed = await pay(running, { amount: 7, other: 'Planted' });
    expect(kept(running, allowed)).toEqual({
      paths: ['args.amount', 'args.note', 'args.api_key'],
      withheld: {},
      args: '{"amount":7}',
    });
    const denied = await pay(running, { amount: 11.5 });
    expect(kept(running, denied)?.args).toBe('{"amount":11.5}');
    const session = await openSession(running);
    await session.post(callOf('free', '{"amount":1}'));
    expect(kept(running, running.decisions().at(-1)?.id ?? '')).toBeUndefined();
    expect(statSync(running.folder.file('state/values.db')).mode & 0o077).toBe(0);
  });

  test('that are redacted, or look or are called like a credential, are not kept', async () => {
    const redact = [{ regex: 'card [0-9]+' }];
    await using running = await start({ settings: { ...settings, redact } });
    const note = async (text: unknown) => kept(running, await pay(running, { amount: 1, note: text }));
    expect(await note('card 4711')).toEqual({
      paths: ['args.amount', 'args.api_key'],
      withheld: { 'args.note': 'redacted' },
      args: '{"amount":1}',
    });
    expect((await note(`token ghp_${'a1'.repeat(20)}`))?.withheld).toEqual({ 'args.note': 'redacted' });
    expect((await note({ password: 'x' }))?.withheld).toEqual({ 'args.note': 'redacted' });
    expect((await note('a'.repeat(5_000)))?.withheld).toEqual({ 'args.note': 'too large' });
    const named = kept(running, await pay(running, { api_key: 'x' }));
    expect(named?.withheld).toEqual({ 'args.api_key': 'redacted' });
  });

  test('stand in no file as they are, and those that are not kept in none at all', async () => {
    await using running = await start({ settings: { ...settings, redact: [{ regex: '^card' }] } });
    const secrets = { 'a named path': plant(), 'another path': plant(), 'a redacted value': plant() };
    const id = await pay(running, { note: secrets['a named path'], other: secrets['another path'] });
    await pay(running, { note: `card ${secrets['a redacted value']}` });
    expect(kept(running, id)?.args).toContain(secrets['a named path']);
    const places = [...filesIn(running.folder.file('state')), ['the log', JSON.stringify(running.log)]] as const;
    expect(places.map(([name]) => name)).toContain('values.db');
    expect(hunt(places, secrets)).toEqual([]);
  });

  test('are not kept where nobody has said so', async () => {
    for (const keepsValues of [undefined, false]) {
      await using running = await runGateway(stubLaunch({ tools: [stubTool('pay')] }), {
        policy,
        ...(keepsValues === undefined ? {} : { keepsValues }),
      });
      expect(kept(running, await pay(running, { amount: 1 }))).toBeUndefined();
      expect(existsSync(running.folder.file('state/values.db'))).toBe(false);
    }
  });

  test('of calls by a grant with a policy of its own are not kept', async () => {
    await using running = await start();
    const token = running.state.grants.add({ label: 'own', policy: running.folder.file('policy.json') }, Date.now());
    const session = await openSession({ url: running.url, token });
    await session.post(callOf('pay', '{"amount":1}'));
    expect(running.decisions().at(-1)).toMatchObject({ grant: 'own', decision: 'allow' });
    expect(kept(running, running.decisions().at(-1)?.id ?? '')).toBeUndefined();
  });

  test('go after seven days', async () => {
    await using folder = await makeFolder();
    let now = Date.now();
    const state = openState(folder.path, { clock: () => now });
    state.values.keep('old', { paths: [], withheld: {}, args: '{}' });
    expect(state.values.read(['old']).size).toBe(1);
    now += 8 * DAY;
    state.values.keep('new', { paths: [], withheld: {}, args: '{}' });
    expect([...state.values.read(['old', 'new']).keys()]).toEqual(['new']);
    state.values.prune();
    now -= 8 * DAY;
    expect(state.values.read(['old']).size).toBe(0);
    await state.close();
  });

  test('that cannot be written keep no call from passing', async () => {
    await using folder = await makeFolder();
    mkdirSync(folder.file('state/values.db'), { recursive: true });
    await using running = await start({ folder });
    await pay(running, { amount: 1 });
    expect(running.decisions().at(-1)).toMatchObject({ decision: 'allow' });
    await expect
      .poll(() => running.log.map(({ message }) => message))
      .toContain('Values of arguments could not be kept yet');
    expect(running.outcomes().at(-1)).toMatchObject({ outcome: 'ok' });
  });
});

describe('a person who is asked', () => {
  async function ask(running: TestGateway, body: unknown): Promise<ValuesAnswer> {
    const url = `http://127.0.0.1:${String(running.gateway.port)}${controlRoutes.values}`;
    const headers = { authorization: `Bearer ${CONTROL_TOKEN}` };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as ValuesAnswer;
  }
  const status = ({ gateway }: TestGateway): GatewayStatus['values'] => gateway.status().values;

  test('decides, for later gateways too, and takes back what was kept', async () => {
    await using folder = await makeFolder();
    const launch = stubLaunch({ tools: [stubTool('pay')] });
    let id = '';
    {
      await using running = await runGateway(launch, { policy, folder });
      expect(status(running)).toBe('not asked');
      expect(await ask(running, { keep: 'yes' })).toMatchObject({ problem: expect.any(String) as string });
      expect(await ask(running, { keep: true })).toEqual({});
      expect(status(running)).toBe('kept');
      id = await pay(running, { amount: 3 });
    }
    await using later = await runGateway(launch, { policy, folder });
    expect([status(later), kept(later, id)?.args]).toEqual(['kept', '{"amount":3}']);
    expect(await ask(later, { keep: false })).toEqual({});
    expect([status(later), kept(later, id)]).toEqual(['not kept', undefined]);
    expect(kept(later, await pay(later, { amount: 4 }))).toBeUndefined();
  });

  test('decides for the gateways of other windows too, from the next call on', async () => {
    await using folder = await makeFolder();
    await using running = await runGateway(stubLaunch({ tools: [stubTool('pay')] }), { policy, folder });
    expect(status(running)).toBe('not asked');
    const window = openState(folder.file('state'));
    window.values.answer = 'keep';
    expect(status(running)).toBe('kept');
    expect(kept(running, await pay(running, { amount: 3 }))?.args).toBe('{"amount":3}');
    window.values.answer = 'decline';
    expect(status(running)).toBe('not kept');
    expect(kept(running, await pay(running, { amount: 4 }))).toBeUndefined();
    await window.close();
  });

  test('counts as having declined while the answer cannot be read', async () => {
    await using folder = await makeFolder();
    const state = openState(folder.path);
    state.values.answer = 'keep';
    const wish = new ValuesWish(state.values, undefined);
    expect(wish.status()).toBe('kept');
    await state.close();
    expect(wish.status()).toBe('not kept');
    expect(() => wish.isGranted).toThrow();
  });

  test('is told when the configuration says otherwise', async () => {
    await using running = await start({ keepsValues: false });
    expect(await ask(running, { keep: true })).toMatchObject({
      problem: expect.stringContaining('audit.values') as string,
    });
    expect(status(running)).toBe('never');
    expect(kept(running, await pay(running, { amount: 1 }))).toBeUndefined();
  });
});
