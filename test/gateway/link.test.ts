/** The way to a server that comes and goes: when it is tried, and that nothing is tried after the stop. */
import { expect, test } from 'vitest';
import { UpstreamLink } from '../../server/src/gateway/upstream/link.ts';
import { KnownEras } from '../../server/src/gateway/upstream/knownEras.ts';
import { openTransport, UpstreamError } from '../../server/src/mcp/index.ts';
import type { Transport } from '../../server/src/mcp/transport.ts';
import { collectingLog } from '../support/servers/log.ts';
import { stubLaunch } from '../support/servers/start.ts';

const { log } = collectingLog();

function linkTo(open: () => Promise<Transport>): UpstreamLink {
  const ignore = (): void => undefined;
  const events = {
    notification: ignore,
    request: ignore,
    connected: ignore,
    lost: ignore,
    isAwaitingClient: () => false,
  };
  const options = {
    server: 's',
    timeout: 60_000,
    log,
    clock: Date.now,
    handshake: {},
    openTransport: open,
    prefers: 'legacy' as const,
    eras: new KnownEras(),
  };
  return new UpstreamLink(options, events);
}

/** A server that answers nothing, and counts how often it is started and stopped. */
function silent(start: (transport: Transport) => Promise<void> = () => Promise.resolve()) {
  const counts = { opened: 0, started: 0, stopped: 0 };
  const open = (): Promise<Transport> => {
    counts.opened += 1;
    const transport: Transport = {
      start: () => {
        counts.started += 1;
        return start(transport);
      },
      send: () => Promise.resolve(),
      close: () => {
        counts.stopped += 1;
        return Promise.resolve();
      },
    };
    return Promise.resolve(transport);
  };
  return { counts, open };
}

const refused = (): Promise<void> => Promise.reject(new UpstreamError('unreachable', 'nothing there'));

test('a stop while the next attempt is waited for: no attempt follows, and nobody waits on', async () => {
  const { counts, open } = silent(refused);
  const link = linkTo(open);
  await expect(link.agreement()).rejects.toThrow('nothing there');
  const greeting = link.agreement();
  await Promise.all([expect(greeting).rejects.toThrow('was stopped'), link.close()]);
  expect(counts).toMatchObject({ opened: 1, started: 1 });
});

test('a server that is not there any more: the link is lost with the next request, and tried again', async () => {
  const { open } = silent();
  let isThere = true;
  const link = linkTo(async () => {
    const transport = await open();
    const send: Transport['send'] = async (message) => {
      if (!isThere) throw new UpstreamError('unreachable', 'nothing there');
      const result = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 's', version: '1' } };
      if ('id' in message && 'method' in message) transport.onmessage?.({ jsonrpc: '2.0', id: message.id, result });
    };
    return Object.assign(transport, { send });
  });
  await link.agreement();
  isThere = false;
  await expect(link.ask('tools/call')).rejects.toMatchObject({ code: 'unreachable', sent: false });
  expect([link.isConnected, link.problem]).toEqual([false, 'nothing there']);
  isThere = true;
  await expect.poll(() => link.isConnected, { timeout: 5_000 }).toBe(true);
  await link.close();
});

test('a stop while the transport is being opened: it is not started', async () => {
  const { counts, open } = silent();
  const link = linkTo(open);
  const greeting = link.agreement();
  await Promise.resolve();
  await Promise.all([expect(greeting).rejects.toThrow('was stopped'), link.close()]);
  expect(counts.started).toBe(0);
});

test('a stop while the server starts, and while it shakes hands: it is stopped, and nobody waits on', async () => {
  let release: () => void = () => undefined;
  const starting = silent(() => new Promise((resolve) => (release = resolve)));
  const slow = linkTo(starting.open);
  const first = slow.agreement();
  await expect.poll(() => starting.counts.started).toBe(1);
  await slow.close();
  release();
  await expect(first).rejects.toThrow('was stopped');
  const { counts, open } = silent();
  const link = linkTo(open);
  const second = link.agreement();
  await expect.poll(() => counts.started).toBe(1);
  await Promise.all([expect(second).rejects.toThrow('was stopped'), link.close()]);
  expect([starting.counts.stopped, counts.stopped]).toEqual([1, 1]);
});

test('a process whose start is overtaken by the stop is ended', async () => {
  const transport = openTransport(stubLaunch({ stubborn: true }), { log, grace: 100 });
  const started = transport.start();
  const closed = transport.close();
  await expect(started).rejects.toMatchObject({ code: 'closed', sent: false });
  await closed;
});
