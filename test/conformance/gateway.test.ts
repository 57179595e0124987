/** The fastest part of `npm run conformance`: a server and the gateway over HTTP, all server scenarios of both eras. */
import { expect, test } from 'vitest';
import { chooseWays, runWays } from './runWays.mts';
import { serverWays } from './serverWays.mts';

test.each(['2025-11-25', '2026-07-28'] as const)(
  'through the gateway no check of %s is lost',
  { timeout: 120_000 },
  async (revision) => {
    const ways = chooseWays(serverWays, { revision, titles: ['HTTP → HTTP'] });
    const { results, lost } = await runWays({ revision, ways });
    expect(lost).toEqual([]);
    expect(results.get('HTTP → HTTP')?.size).toBeGreaterThan(30);
  },
);
