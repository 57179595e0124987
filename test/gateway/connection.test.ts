/** One connection to a server whose messages are written by hand: what it does with answers, silence and broken sends. */
import { expect, test } from 'vitest';
import { Flights } from '../../server/src/gateway/session/flights.ts';
import { Connection, type ConnectionEvents } from '../../server/src/gateway/upstream/connection.ts';
import { UpstreamError } from '../../server/src/mcp/index.ts';
import type { Message, ResponseMessage } from '../../server/src/mcp/message.ts';
import type { Transport } from '../../server/src/mcp/transport.ts';
import { collectingLog } from '../support/servers/log.ts';

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
  await connection.open({});
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
