/** Reading all pages of a list from a server that need not be honest, and hearing of its changes. */
import { afterEach, expect, test, vi } from 'vitest';
import { LATEST_LEGACY_REVISION } from '../../server/src/mcp/revision.ts';
import { listAllTools } from '../../server/src/gateway/upstream/listing.ts';
import { Throttle } from '../../server/src/gateway/upstream/throttle.ts';
import type { Params } from '../../server/src/mcp/message.ts';
import { governInMemory, policyOf } from './support/inMemory.ts';

const tool = { name: 'a', inputSchema: { type: 'object' } };

/** A list without end: every page names another one. */
function endless(tools: readonly unknown[]) {
  let page = 0;
  const ask = (): Promise<Params> => {
    page += 1;
    return Promise.resolve({ tools, nextCursor: `after ${page}` });
  };
  return { ask, pages: () => page };
}

test('a list of more than 64 MiB is not read to its end', async () => {
  const { ask, pages } = endless([{ ...tool, description: 'x'.repeat(16 * 1024 * 1024) }]);
  await expect(listAllTools(ask)).rejects.toMatchObject({ code: 'too-large' });
  expect(pages()).toBe(4);
});

test('nor is one of more than 100,000 tools, or of more than 1,000 pages', async () => {
  const many = endless(Array.from({ length: 60_000 }, () => tool));
  await expect(listAllTools(many.ask)).rejects.toThrow('100000 tools');
  expect(many.pages()).toBe(2);
  const long = endless([]);
  await expect(listAllTools(long.ask)).rejects.toThrow('1000 pages');
  expect(long.pages()).toBe(1_000);
});

test('nor is one whose pages take more than two minutes together', async () => {
  const { ask, pages } = endless([tool]);
  const now = (): number => pages() * 50_000;
  await expect(listAllTools(ask, now)).rejects.toMatchObject({ code: 'timeout' });
  expect(pages()).toBe(3);
});

afterEach(() => void vi.useRealTimers());

test('of many news in a second, the first and the last are passed on', () => {
  vi.useFakeTimers();
  const passed: number[] = [];
  const throttle = new Throttle<number>(1_000, (news) => passed.push(news));
  for (let news = 0; news < 25; news++) {
    throttle.tell(news);
    vi.advanceTimersByTime(100);
  }
  expect(passed).toEqual([0, 9, 19]);
  vi.advanceTimersByTime(1_000);
  throttle.tell(99);
  throttle.stop();
  vi.advanceTimersByTime(9_000);
  expect(passed).toEqual([0, 9, 19, 24]);
});

test('a server that announces a change before each list is read, and its clients told, once a second', async () => {
  vi.useFakeTimers();
  const hub = governInMemory(policyOf({ version: '1', default: 'allow' }), ['echo'], { announces: true });
  const { pool } = hub.server;
  const shared = pool.shared(LATEST_LEGACY_REVISION, 'g');
  let told = 0;
  const ignore = (): void => undefined;
  // As clients do: whoever is told asks for the list.
  const notification = (): void => {
    told += 1;
    void shared.link.ask('tools/list');
  };
  shared.attach({ notification, request: ignore, lost: ignore, reconnected: ignore, isAwaitingClient: () => false });
  await shared.agreement();
  await vi.advanceTimersByTimeAsync(10_500);
  expect(told).toBe(11);
  expect(hub.arrived.filter((text) => text.includes('tools/list')).length).toBeLessThanOrEqual(2 * 11 + 1);
  await pool.close();
});

test('a session of another grant that comes before the server has answered gets the same connection, where it does not log', async () => {
  const { pool } = governInMemory(policyOf({ version: '1', default: 'allow' }), ['echo']).server;
  const first = pool.shared(LATEST_LEGACY_REVISION, 'a');
  void first.agreement();
  await pool.settled(LATEST_LEGACY_REVISION, 'b');
  expect(pool.shared(LATEST_LEGACY_REVISION, 'b')).toBe(first);
  await pool.close();
});
