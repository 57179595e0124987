/** How many sessions there are over HTTP, and which of them make room: no client that leaves without a word keeps others out. */
import http from 'node:http';
import { expect, test } from 'vitest';
import { HttpFace } from '../../server/src/gateway/http/face.ts';
import { hashToken } from '../../server/src/gateway/http/guards.ts';
import type { HttpSession } from '../../server/src/gateway/http/session.ts';
import { HttpSessions } from '../../server/src/gateway/http/sessions.ts';
import { readFrame } from '../../server/src/gateway/message/frame.ts';
import type { Message } from '../../server/src/mcp/message.ts';
import { collectingLog } from '../support/servers/log.ts';
import { governInMemory, policyOf } from './support/inMemory.ts';

const policy = policyOf({ version: '1', default: 'allow' });
const grant = { id: 'g', label: 'g' };

/** Of a client that can be asked for its roots: it needs a connection to itself. */
const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: { roots: {} }, clientInfo: { name: 'c', version: '1' } },
});

function begin({ session }: HttpSession): Promise<Message> {
  const frame = readFrame(Buffer.from(initialize));
  return new Promise((resolve, reject) => {
    const reply = { relate: () => undefined, answer: resolve, drop: () => reject(new Error('dropped')) };
    for (const message of frame.ok ? frame.messages : []) session.receive(message, reply);
  });
}

test('the 33rd connection of its own is taken from the session that was idle longest', async () => {
  const { server } = governInMemory(policy, ['echo']);
  let now = 0;
  const sessions = new HttpSessions(() => (now += 1));
  const opened: HttpSession[] = [];
  for (let count = 0; count < 32; count += 1) {
    const session = sessions.create(server, grant);
    expect(await begin(session)).toHaveProperty('result');
    sessions.admit(session);
    opened.push(session);
  }
  const [first, second] = opened.map(({ id }) => id);
  sessions.find(first ?? '', server, grant);
  expect(await begin(sessions.create(server, grant))).toHaveProperty('result');
  expect(sessions.find(first ?? '', server, grant)).toBeDefined();
  expect(sessions.find(second ?? '', server, grant)).toBeUndefined();
  sessions.close();
});

test('sessions whose "initialize" is not answered yet count among the 256', () => {
  const { server } = governInMemory(policy, ['echo']);
  let now = 0;
  const sessions = new HttpSessions(() => (now += 1));
  const [eldest, next] = [sessions.create(server, grant), sessions.create(server, grant)];
  sessions.admit(eldest);
  sessions.admit(next);
  for (let count = 2; count < 257; count += 1) sessions.create(server, grant);
  expect(sessions.find(eldest.id, server, grant)).toBeUndefined();
  expect(sessions.find(next.id, server, grant)).toBe(next);
  sessions.close();
});

test('a client that hangs up while its server starts ends that start', async () => {
  const running = governInMemory(policy, ['echo'], { silent: true });
  const face = new HttpFace({
    servers: new Map([['memory', running.server]]),
    holders: () => [{ grant, tokenHash: hashToken('token') }],
    reaches: () => true,
    allowedHosts: new Set(),
    clock: Date.now,
    log: collectingLog().log,
  });
  const port = await face.listen('127.0.0.1', 0);
  const headers = {
    authorization: 'Bearer token',
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const request = http.request({ port, host: '127.0.0.1', path: '/mcp/memory', method: 'POST', headers, agent: false });
  request.on('error', () => undefined);
  request.end(initialize);
  await expect.poll(() => running.arrived.length).toBe(1);
  request.destroy();
  await expect.poll(() => running.closed()).toBe(1);
  await face.close();
});
