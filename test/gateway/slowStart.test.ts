/** A server that takes long to start: its client waits on a stream, and gets its session all the same. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startGateway } from '../../server/src/gateway/index.ts';
import { openTransport } from '../../server/src/mcp/index.ts';
import { openState } from '../../server/src/state/index.ts';
import { makeFolder } from '../support/folder.ts';
import { collectingLog } from '../support/servers/log.ts';
import { stubLaunch } from '../support/servers/start.ts';
import { send, type Answer } from './support/http.ts';
import { settings, type TestGateway } from './support/running.ts';

/** Later than the first sign of life on a stream. */
const LONG = 20_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** A gateway whose server starts when it is told to, after `LONG`. Resolves with the answer to "initialize". */
async function initializeSlowly(
  isStarting: boolean,
  check: (answer: Answer, running: Pick<TestGateway, 'url' | 'token'>) => Promise<void>,
): Promise<void> {
  await using folder = await makeFolder({ 'policy.json': JSON.stringify({ version: '1', default: 'allow' }) });
  const { log } = collectingLog();
  const state = openState(folder.file('state'), { log });
  let open: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const gate = new Promise<void>((resolve, reject) => ([open, fail] = [resolve, reject]));
  let opened = 0;
  const server = {
    name: 'main',
    settings,
    policyFile: folder.file('policy.json'),
    openTransport: async () => {
      opened += 1;
      await gate;
      return openTransport(stubLaunch(), { log, grace: 500 });
    },
  };
  const gateway = await startGateway({ servers: [server], state, version: 'test', log });
  const token = readFileSync(folder.file('state/local.token'), 'utf8').trim();
  const running = { url: new URL(gateway.urls['main'] ?? ''), token };
  const params = {
    protocolVersion: '2025-11-25',
    // A client that can be asked things gets a connection of its own, which tells that its request has arrived.
    capabilities: { roots: {} },
    clientInfo: { name: 'raw', version: '1' },
  };
  const answer = send(running, { body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }) });
  await vi.waitUntil(() => opened === 2);
  vi.advanceTimersByTime(LONG);
  if (isStarting) open();
  else fail(new Error('It does not start.'));
  await check(await answer, running);
  await gateway.close();
  await state.close();
}

describe('a server that needs long for its handshake', () => {
  test('has its session named in the headers of the stream', async () => {
    await initializeSlowly(true, async ({ headers, text, json }, running) => {
      expect(text).toContain(': still running');
      expect(json.result).toMatchObject({ serverInfo: { name: 'stub' } });
      const body = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'echo' } });
      const called = await send(running, { headers: { 'mcp-session-id': headers['mcp-session-id'] }, body });
      expect(called.json.result).toMatchObject({ content: [{ type: 'text' }] });
    });
  });

  test('leaves no session when it fails', async () => {
    await initializeSlowly(false, async ({ headers, json }, running) => {
      expect(json.error).toBeDefined();
      const body = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'ping' });
      const after = await send(running, { headers: { 'mcp-session-id': headers['mcp-session-id'] ?? 'none' }, body });
      expect(after.status).toBe(404);
    });
  });
});
