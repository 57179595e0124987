/** How soon a broken stream is asked for again. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { Backoff } from '../../../server/src/mcp/http/backoff.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: vi.fn(() => Promise.resolve()) }));

test('a server that wants to be asked again at once is not', async () => {
  const backoff = new Backoff();
  backoff.suggest(0);
  await backoff.wait(new AbortController().signal);
  expect(vi.mocked(pause).mock.calls[0]?.[0]).toBe(100);
});
