/** One connection to a server whose messages are written by hand: what it does with answers, silence and broken sends. */
import { afterEach, expect, test, vi } from 'vitest';
import { Flights } from '../../server/src/gateway/session/flights.ts';
import { Connection, type ConnectionEvents } from '../../server/src/gateway/upstream/connection.ts';
import { UpstreamError } from '../../server/src/mcp/index.ts';
import type { Message, ResponseMessage } from '../../server/src/mcp/message.ts';
import type { Transport } from '../../server/src/mcp/transport.ts';
import { collectingLog } from '../support/servers/log.ts';

afterEach(() => void vi.useRealTimers());

interface Opened {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly sent: readonly Message[];
}

const greeting = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 's', version: '1' } };

async function open(
  events: Partial<ConnectionEvents> = {},
  send = (_message: Message) => Promise.resolve(),
): Promise<Opened> {
  const sent: Message[] = [];
  const transport: Transport = {
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
    send: (message) => {
      sent.push(message);
      if (!('method' in message) || message.method !== 'initialize') return send(message);
      queueMicrotask(() => transport.onmessage?.({ jsonrpc: '2.0', id: 1, result: greeting }));
      return Promise.resolve();
    },
  };
  const ignore = (): void => undefined;
  const all = { notification: ignore, request: ignore, lost: ignore, isAwaitingClient: () => false, ...events };
  const connection = new Connection(transport, { server: 's', timeout: 50, log: collectingLog().log }, all);
  await connection.open({ params: {}, first: 'legacy' });
  return { connection, transport, sent };
}

/** How a request ended. */
function request(
  { connection }: Opened,
  answered: (response: ResponseMessage) => void = () => undefined,
): Promise<string> {
  return new Promise((resolve) => {
    const waiting = {
      answered: (response: ResponseMessage) => {
        answered(response);
        resolve('answered');
      },
      failed: (error: UpstreamError) => resolve(error.message),
    };
    connection.request('tools/call', {}, waiting, {});
  });
}

test('an answer that cannot be passed on fails its request, and a notification that cannot be is dropped', async () => {
  const broken = (): never => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  const opened = await open({ notification: broken });
  const outcome = request(opened, broken);
  opened.transport.onmessage?.({ jsonrpc: '2.0', method: 'notifications/message' });
  opened.transport.onmessage?.({ jsonrpc: '2.0', id: 2, result: {} });
  expect(await outcome).toContain('cannot be passed on');
});

test('a server that waits for its client gets eleven times the time-out, and not for ever', async () => {
  vi.useFakeTimers();
  const opened = await open({ isAwaitingClient: () => true });
  const outcome = request(opened);
  let isOver = false;
  void outcome.then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(549);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await outcome).toContain('did not answer within');
  expect(opened.sent.at(-1)).toMatchObject({ method: 'notifications/cancelled', params: { requestId: 2 } });
});

test('a request whose exchange breaks fails alone', async () => {
  const lost: string[] = [];
  const broken = new UpstreamError('died', 'The connection broke.', { sent: true });
  const isFirst = (message: Message): boolean => 'id' in message && message.id === 2;
  const opened = await open({ lost: ({ message }) => void lost.push(message) }, (message) =>
    isFirst(message) ? Promise.reject(broken) : Promise.resolve(),
  );
  const [first, second] = [request(opened), request(opened)];
  expect(await first).toBe('The connection broke.');
  opened.transport.onmessage?.({ jsonrpc: '2.0', id: 3, result: {} });
  expect(await second).toBe('answered');
  expect(lost).toEqual([]);
});

test('an answer that cannot be written is answered by an error', () => {
  const answers: Message[] = [];
  const answer = (message: Message): void => {
    JSON.stringify(message);
    answers.push(message);
  };
  const flights = new Flights();
  const flight = flights.begin('a', { answer, relate: () => undefined, drop: () => undefined });
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  if (flight) flights.answer(flight, { jsonrpc: '2.0', id: 'a', result: circle });
  expect(answers).toMatchObject([{ id: 'a', error: { code: -32603 } }]);
});
