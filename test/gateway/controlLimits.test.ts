/** What a gateway tells its editor of limits: what `portcullis limits` shows, while it runs. */
import { expect, test } from 'vitest';
import { controlRoutes } from '../../server/src/protocol/control.ts';
import type { LimitsReport } from '../../server/src/protocol/limits.ts';
import { StateError, type State } from '../../server/src/state/index.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { CONTROL_TOKEN, runGateway, type TestGateway } from './support/running.ts';
import { countedPolicy as policy, shortlyAfterAMonthBegan as now } from './support/counted.ts';

async function run(countersInUse?: State['countersInUse'] | null): Promise<TestGateway> {
  const wrapState = (state: State): State =>
    countersInUse === undefined
      ? state
      : Object.defineProperty(state, 'countersInUse', { value: countersInUse ?? undefined });
  return await runGateway(stubLaunch({ tools: ['echo', 'spend'].map(stubTool) }), {
    policy,
    clock: () => now,
    wrapState,
  });
}

async function ask({ url }: TestGateway, token = CONTROL_TOKEN): Promise<Response> {
  return await fetch(new URL(controlRoutes.limits, url), { headers: { authorization: `Bearer ${token}` } });
}

test('what is used, by whom, and when it frees up', async () => {
  await using running = await run();
  const empty = (await (await ask(running)).json()) as LimitsReport;
  expect(empty).toEqual({ uses: [] });
  const client = await running.client();
  for (const amount of [0.1, 0.2, 20]) await client.callTool({ name: 'spend', arguments: { amount } });
  await client.callTool({ name: 'echo', arguments: {} });
  const { uses = [] } = (await (await ask(running)).json()) as LimitsReport;
  const common = { server: 'main', policy: running.policyFile, grant: 'local' };
  expect(uses.toSorted((a, b) => a.counter.counter.localeCompare(b.counter.counter))).toEqual([
    {
      ...common,
      counter: { ruleset: '/tools/spend', kind: 'quota', counter: 'dollars', window: 'month', scope: 'grant' },
      used: '0.3',
      freesAt: Date.UTC(2030, 1, 1),
    },
    {
      ...common,
      counter: { ruleset: '/tools/echo', kind: 'rate', counter: 'echo', window: 600, scope: 'session' },
      session: expect.any(String) as string,
      used: '1',
      freesAt: now + 600_000,
    },
  ]);
});

test('a grant token does not open it', async () => {
  await using running = await run();
  expect((await ask(running, running.token)).status).toBe(401);
});

test('nothing is known where another machine counts, or the state cannot be read', async () => {
  await using elsewhere = await run(null);
  expect(await (await ask(elsewhere)).json()).toEqual({});
  await using broken = await run(() => {
    throw new StateError('state-damaged', 'The disk is gone.');
  });
  expect(await (await ask(broken)).json()).toEqual({});
  expect(broken.log.map(({ message }) => message)).toContain('What is used of limits could not be read.');
});
