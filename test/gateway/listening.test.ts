/** The one stream of news that a hub has from a server of the stateless revision. */
import { afterEach, expect, test, vi } from 'vitest';
import { Listening } from '../../server/src/gateway/upstream/listening.ts';
import type { Waiting } from '../../server/src/gateway/upstream/pending.ts';
import { UpstreamError } from '../../server/src/mcp/index.ts';
import type { Params } from '../../server/src/mcp/message.ts';

afterEach(() => void vi.useRealTimers());

/** A server that is answered for by hand: every stream that was asked for, and whether it was given up. */
function listening() {
  const streams: { readonly waiting: Waiting; readonly uris: unknown; isCancelled: boolean }[] = [];
  let resumed = 0;
  const link = {
    isConnected: true,
    request(_method: string, params: Params | undefined, waiting: Waiting) {
      const uris = (params?.['notifications'] as Params | undefined)?.['resourceSubscriptions'];
      const stream = { waiting, uris, isCancelled: false };
      streams.push(stream);
      return () => void (stream.isCancelled = true);
    },
  };
  const news = new Listening<string>(link, { news: () => undefined, resumed: () => (resumed += 1) });
  const agree = (index: number): void =>
    streams[index]?.waiting.related?.({
      jsonrpc: '2.0',
      method: 'notifications/subscriptions/acknowledged',
      params: { notifications: { resourceSubscriptions: streams[index].uris } },
    });
  return { news, streams, agree, resumed: () => resumed };
}

test('a server that says again and again that its stream stands is heard once', () => {
  vi.useFakeTimers();
  const { news, streams, agree, resumed } = listening();
  news.start({ tools: { listChanged: true } });
  streams[0]?.waiting.failed(new UpstreamError('died', 'gone'));
  vi.advanceTimersByTime(1_000);
  for (let count = 0; count < 3; count++) agree(1);
  expect(resumed()).toBe(1);
});

test('a server that never agrees to a stream has one to keep, however many clients come and go', async () => {
  const { news, streams, agree } = listening();
  news.start({ resources: { subscribe: true } });
  const watched = ['a:1', 'a:2', 'a:3'].map((uri) => news.watch('client', uri));
  news.unwatch('client', 'a:1');
  expect(streams.filter(({ isCancelled }) => !isCancelled)).toHaveLength(1);
  agree(streams.length - 1);
  expect(await Promise.all(watched)).toEqual([false, true, true]);
});

test('a stream that stands is kept until the next one does', async () => {
  const { news, streams, agree } = listening();
  news.start({ resources: { subscribe: true } });
  const first = news.watch('client', 'a:1');
  agree(0);
  expect(await first).toBe(true);
  const second = news.watch('client', 'a:2');
  expect(streams[0]?.isCancelled).toBe(false);
  agree(1);
  expect(await second).toBe(true);
  expect(streams[0]?.isCancelled).toBe(true);
});
