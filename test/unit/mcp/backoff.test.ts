/** How soon a broken stream is asked for again. */
import { expect, test } from 'vitest';
import { Backoff } from '../../../server/src/mcp/http/backoff.ts';

test('a server that wants to be asked again at once is not', async () => {
  const backoff = new Backoff();
  backoff.suggest(0);
  const started = performance.now();
  await backoff.wait(new AbortController().signal);
  // A timer may be early by the part of a millisecond that its clock leaves out.
  expect(performance.now() - started).toBeGreaterThan(98);
});
