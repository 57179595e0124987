/** Who has no token cannot keep out those who have one. */
import net from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Connections } from '../../server/src/gateway/http/connections.ts';
import { stubLaunch } from '../support/servers/start.ts';
import { openSession } from './support/http.ts';
import { CONTROL_TOKEN, runGateway, type TestGateway } from './support/running.ts';

test('row 19: more silent connections than are allowed: clients come in, and streams stay open', async () => {
  await using running = await runGateway(stubLaunch(), { policy: { version: '1', default: 'allow' } });
  const headers = { authorization: `Bearer ${CONTROL_TOKEN}` };
  const events = (await fetch(new URL('/control/events', running.url), { headers })).body?.getReader();
  await events?.read();
  const silent = await connectSilently(running, 600);
  const session = await openSession(running);
  expect((await session.call('echo')).json.result).toMatchObject({ content: [{ type: 'text' }] });
  // The record of the call: the stream was not the one that made room.
  expect((await events?.read())?.done).toBe(false);
  await events?.cancel();
  for (const socket of silent) socket.destroy();
});

/** Resolves when each is open, or was closed again. */
function connectSilently({ url }: TestGateway, count: number): Promise<readonly net.Socket[]> {
  const connecting = Array.from({ length: count }, () => {
    const socket = net.connect(Number(url.port), '127.0.0.1');
    socket.on('error', () => undefined);
    return new Promise<net.Socket>((resolve) => socket.once('connect', () => resolve(socket)));
  });
  return Promise.all(connecting);
}

describe('row 19: a connection', () => {
  afterEach(() => void vi.useRealTimers());

  test('without a token ends after 10 s; one with a token stays', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const connections = new Connections();
    const [stranger, friend] = [new net.Socket(), new net.Socket()];
    connections.add(stranger);
    connections.add(friend);
    connections.trust(friend);
    vi.advanceTimersByTime(9_999);
    expect(stranger.destroyed).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect([stranger.destroyed, friend.destroyed]).toEqual([true, false]);
  });

  test('one too many ends the eldest without a token, or is refused where there is none', () => {
    const connections = new Connections();
    const sockets = Array.from({ length: 512 }, () => new net.Socket());
    for (const socket of sockets) connections.add(socket);
    for (const socket of sockets.slice(2)) connections.trust(socket);
    const late = [new net.Socket(), new net.Socket(), new net.Socket()];
    const ended = (): readonly number[] => [...sockets, ...late].flatMap((each, at) => (each.destroyed ? [at] : []));
    connections.add(late[0] as net.Socket);
    connections.trust(late[0] as net.Socket);
    expect(ended()).toEqual([0]);
    connections.add(late[1] as net.Socket);
    connections.trust(late[1] as net.Socket);
    expect(ended()).toEqual([0, 1]);
    connections.add(late[2] as net.Socket);
    expect(ended()).toEqual([0, 1, 514]);
  });
});
