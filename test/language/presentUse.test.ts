/** Hovers on limits say what is used of them now, as a gateway tells; without waiting for one. */
import { describe, expect, it } from 'vitest';
import type { CountedUse } from '../../server/src/protocol/limits.ts';
import { languageMessages } from '../../server/src/protocol/language.ts';
import { connectClient, type TestClient } from './support/client.ts';
import { fakeRuntime, FOLDER } from './support/runtime.ts';
import { TOOLS } from './support/view.ts';

const policy = (tool: string): string =>
  `{ "version": "1", "default": "deny", "tools": { "transfer_funds": ${tool} } }`;
const SPENDING = policy('{ "limits": [{ "counter": "spen|ding", "window": "day", "max": 10 }] }');
const RATE = policy('{ "rate_limit": { "max": 5, "win|dow": 60, "scope": "session" } }');
const HOUR = 3_600_000;

function use(more: Partial<CountedUse> = {}, counter: Partial<CountedUse['counter']> = {}): CountedUse {
  return {
    server: 'files',
    policy: `${FOLDER}/policy.json`,
    counter: {
      ruleset: '/tools/transfer_funds',
      kind: 'quota',
      counter: 'spending',
      window: 'day',
      scope: 'grant',
      ...counter,
    },
    grant: 'local',
    used: '7',
    freesAt: Date.now() + 5 * HOUR - 60_000,
    ...more,
  };
}

/** What a hover says after it was told of these. */
async function hoverOf(text: string, uses: readonly CountedUse[] | undefined): Promise<string> {
  await using client: TestClient = await connectClient(fakeRuntime(TOOLS));
  const at = await client.open(text);
  await client.connection.sendNotification(languageMessages.limits, { ...(uses && { uses }) });
  return await client.hover(at);
}

describe('on a limit', () => {
  it('says who has used how much, and when the window ends', async () => {
    const text = await hoverOf(SPENDING, [use()]);
    expect(text).toContain('At most 10 calls per day per grant');
    expect(text).toContain('Used now:\n\n- local: 7 of 10; begins anew in 5 h');
  });

  it('names the holders with the most', async () => {
    const uses = ['1', '3.5', '10', '2'].map((used, index) => use({ used, grant: `grant ${index}` }));
    const text = await hoverOf(SPENDING, uses);
    expect(text.match(/grant \d: [\d.]+ of 10/g)).toEqual([
      'grant 2: 10 of 10',
      'grant 1: 3.5 of 10',
      'grant 3: 2 of 10',
    ]);
    expect(text).toContain('- and 1 more with less');
  });

  it('says of a counter that all share that they do', async () => {
    const shared = SPENDING.replace('"max": 10', '"max": 10, "scope": "server"');
    const { grant: _, ...bare } = use({}, { scope: 'server' });
    expect(await hoverOf(shared, [bare])).toContain('- all grants: 7 of 10');
  });

  it('says of a rate limit which tool and session, and when a call leaves it', async () => {
    const rate = { kind: 'rate', counter: 'transfer_funds', window: 60, scope: 'session' } as const;
    const uses = [use({ used: '2', session: 's1', freesAt: Date.now() + 30_000 }, rate)];
    const text = await hoverOf(RATE, uses);
    expect(text).toMatch(/- transfer_funds, local in session s1: 2 of 5; the oldest call leaves in (30|29) s/);
  });

  it('says that nothing is used where a gateway counts and no call came', async () => {
    const others = [
      use({ policy: '/elsewhere/policy.json' }),
      use({}, { counter: 'other' }),
      use({}, { window: 'week' }),
    ];
    expect(await hoverOf(SPENDING, others)).toContain('Used now: nothing.');
  });
});

describe('nothing is said of use', () => {
  it('where no gateway tells', async () => {
    expect(await hoverOf(SPENDING, undefined)).not.toContain('Used now');
  });

  it('of a condition', async () => {
    const text = policy('{ "deny_if": [{ "path": "args.am|ount", "op": "gt", "value": 100 }] }');
    expect(await hoverOf(text, [use()])).not.toContain('Used now');
  });
});
