/** `portcullis limits`, on what a real gateway has counted. */
import { describe, expect, test } from 'vitest';
import { runGateway } from '../gateway/support/running.ts';
import { jsonLines, portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { countedPolicy as policy, shortlyAfterAMonthBegan as now } from '../gateway/support/counted.ts';

describe('portcullis limits', () => {
  test('shows what is used, the maximum, and when it frees up', async () => {
    await using running = await runGateway(stubLaunch({ tools: ['echo', 'spend'].map(stubTool) }), {
      policy,
      clock: () => now,
    });
    const client = await running.client();
    for (const amount of [0.1, 0.2, 20]) await client.callTool({ name: 'spend', arguments: { amount } });
    for (let count = 0; count < 3; count++) await client.callTool({ name: 'echo', arguments: {} });
    const state = ['--state', running.folder.file('state')];

    const { out, code } = await portcullis(['limits', '--format', 'json', ...state]);

    expect(code).toBe(0);
    const common = { server: 'main', policy: running.policyFile, grant: 'local' };
    const uses = jsonLines(out) as { counter: string }[];
    expect(uses.toSorted((a, b) => (a.counter < b.counter ? -1 : 1))).toEqual([
      {
        ...common,
        rule: '/tools/spend/limits/dollars',
        counter: 'dollars',
        window: 'month',
        scope: 'grant',
        used: '0.3',
        max: 10,
        freesAt: '2030-02-01T00:00:00.000Z',
      },
      {
        ...common,
        rule: '/tools/echo/rate_limit',
        counter: 'echo',
        window: 600,
        scope: 'session',
        session: expect.any(String) as string,
        used: '3',
        max: 5,
        freesAt: '2030-01-02T03:14:05.000Z',
      },
    ]);
    const shown = await portcullis(['limits', ...state]);
    expect(shown.out).toMatch(/main +dollars +local +0\.3 +10 +month +in \d+ d +\/tools\/spend\/limits\/dollars/);
    expect((await portcullis(['limits', '--server', 'other', ...state])).out).toBe(
      'Nothing is counted at the moment.\n',
    );

    // Edited since: the count stands, the limit is gone.
    await running.writePolicy({ version: '1', default: 'deny', tools: { echo: {} } });
    expect((await portcullis(['limits', ...state])).out).toMatch(
      /dollars +local +0\.3 +- +month .*no such limit any more/,
    );
  });

  test('says where it looked when nothing was ever counted', async () => {
    await using folder = await makeFolder();
    const { code, err } = await portcullis(['limits', '--state', folder.file('nowhere')]);
    expect(code).toBe(2);
    expect(err).toContain(folder.file('nowhere'));
  });
});
