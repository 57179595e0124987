/** How many connections the clients of one server may cause, and when each of them ends. */
import { expect, test } from 'vitest';
import { readFrame } from '../../server/src/gateway/message/frame.ts';
import { LATEST_LEGACY_REVISION } from '../../server/src/mcp/revision.ts';
import { Session } from '../../server/src/gateway/session/session.ts';
import type { Message } from '../../server/src/mcp/message.ts';
import { governInMemory, policyOf, type InMemory } from './support/inMemory.ts';

const policy = policyOf({ version: '1', default: 'allow' });

/** `initialize` of a client that can be asked for its roots: it needs a connection to itself. */
function initialize({ server }: InMemory): {
  readonly session: Session;
  readonly answer: Promise<Message | undefined>;
} {
  const grant = { id: 'g', label: 'g' };
  const session = new Session({ server, grant, name: 'n', outlet: () => undefined });
  const params = {
    protocolVersion: LATEST_LEGACY_REVISION,
    capabilities: { roots: {} },
    clientInfo: { name: 'c', version: '1' },
  };
  const frame = readFrame(Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })));
  const answer = new Promise<Message | undefined>((resolve) => {
    const reply = { relate: () => undefined, answer: resolve, drop: () => resolve(undefined) };
    for (const message of frame.ok ? frame.messages : []) session.receive(message, reply);
  });
  return { session, answer };
}

test('32 clients get a connection to themselves; the next gets one when another client has left', async () => {
  const running = governInMemory(policy, ['echo']);
  const clients = Array.from({ length: 32 }, () => initialize(running));
  for (const { answer } of clients) expect(await answer).toHaveProperty('result');
  expect(running.server.pool.hasRoom).toBe(false);
  expect(await initialize(running).answer).toMatchObject({
    error: { message: expect.stringContaining('32 sessions') as string },
  });
  expect(clients[0]?.session.isAlone).toBe(true);
  clients[0]?.session.close();
  expect(await initialize(running).answer).toHaveProperty('result');
});

test('a client that leaves before its server has answered takes its connection with it', async () => {
  const running = governInMemory(policy, ['echo'], { silent: true });
  const clients = Array.from({ length: 32 }, () => initialize(running));
  expect(running.server.pool.hasRoom).toBe(false);
  await expect.poll(() => running.arrived.length).toBe(32);
  for (const { session } of clients) session.close();
  expect(await Promise.all(clients.map(({ answer }) => answer))).toEqual(clients.map(() => undefined));
  expect(running.server.pool.hasRoom).toBe(true);
  expect(running.closed()).toBe(32);
});

test('nothing is opened after the stop', async () => {
  const running = governInMemory(policy, ['echo']);
  await running.server.pool.close();
  expect(await initialize(running).answer).toMatchObject({
    error: { message: expect.stringContaining('was stopped') as string },
  });
  expect(running.arrived).toEqual([]);
});
