/** What the gateway knows of a server's tools, and above all: when it must not yet trust what it knows. */
import { expect, test } from 'vitest';
import type { Tool } from '../../server/src/catalog/tool.ts';
import { UpstreamError } from '../../server/src/mcp/index.ts';
import { ToolDirectory } from '../../server/src/gateway/upstream/toolDirectory.ts';

/** A server whose listings are answered by hand, and a clock that is set by hand. */
function directory() {
  const listings: { answer: (names: readonly string[]) => void; fail: (error: Error) => void }[] = [];
  const clock = { now: 0 };
  const list = (): Promise<readonly Tool[]> =>
    new Promise((resolve, reject) => {
      listings.push({ answer: (names) => resolve(names.map((name) => ({ name }))), fail: reject });
    });
  return {
    tools: new ToolDirectory({ list, clock: () => clock.now, onChange: () => undefined }),
    listings,
    clock,
  };
}

test('a call that comes while the list is being read waits for it', async () => {
  const { tools, listings } = directory();
  const loading = tools.load();
  const lookedUp = tools.lookUp('gone');
  listings[0]?.answer(['there']);
  await loading;
  // The list is fresh: it is not read again to see whether the name is new.
  expect(await lookedUp).toEqual({ upstream: 'missing' });
  expect(listings).toHaveLength(1);
});

test('news of a change during a reading make that reading stale', async () => {
  const { tools, listings } = directory();
  const loading = tools.load();
  tools.invalidate();
  const lookedUp = tools.lookUp('old');
  listings[0]?.answer(['old']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(listings).toHaveLength(2);
  listings[1]?.answer(['new', 'old', 'old']);
  await loading;
  expect(await lookedUp).toMatchObject({ upstream: 'duplicate' });
});

test('a reading that fails leaves nothing to trust', async () => {
  const { tools, listings } = directory();
  const lookedUp = tools.lookUp('any');
  listings[0]?.fail(new UpstreamError('died', 'gone'));
  await expect(lookedUp).rejects.toThrow('gone');
  const again = tools.lookUp('any');
  listings[1]?.answer(['any']);
  expect(await again).toMatchObject({ upstream: 'listed', risk: { level: expect.any(String) as string } });
});

test('unknown names cause one reading in ten seconds', async () => {
  const { tools, listings, clock } = directory();
  const first = tools.lookUp('x');
  listings[0]?.answer([]);
  expect(await first).toEqual({ upstream: 'missing' });
  clock.now = 9_999;
  expect(await tools.lookUp('y')).toEqual({ upstream: 'missing' });
  expect(listings).toHaveLength(1);
  clock.now = 10_000;
  const later = tools.lookUp('y');
  await new Promise((resolve) => setImmediate(resolve));
  listings[1]?.answer(['y']);
  expect(await later).toMatchObject({ upstream: 'listed' });
  clock.now = 20_000;
  const failing = tools.lookUp('z');
  await new Promise((resolve) => setImmediate(resolve));
  listings[2]?.fail(new UpstreamError('died', 'gone'));
  await expect(failing).rejects.toThrow('gone');
});

test('a server that announces a change whenever it is asked keeps nobody waiting for ever', async () => {
  const readings: number[] = [];
  const tools: ToolDirectory = new ToolDirectory({
    list: () => {
      readings.push(1);
      tools.invalidate();
      return Promise.resolve([{ name: 'echo' }]);
    },
    clock: () => 0,
    onChange: () => undefined,
  });
  expect(await tools.lookUp('echo')).toMatchObject({ upstream: 'listed' });
  expect(readings).toHaveLength(1);
});
