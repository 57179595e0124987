/** Which era a message on stdio belongs to, where it does not say so itself. */
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { StdioFace } from '../../server/src/gateway/stdio/face.ts';
import { governInMemory, policyOf } from './support/inMemory.ts';

const _meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };

function open() {
  const { server } = governInMemory(policyOf({ version: '1', default: 'allow' }), ['echo']);
  const [input, output] = [new PassThrough(), new PassThrough()];
  const face = new StdioFace({ server, grant: { id: 'g', label: 'g' }, input, output, onEnd: () => undefined });
  const ask = async (method: string, params: object = {}): Promise<unknown> => {
    input.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`);
    await vi.waitUntil(() => output.readableLength > 0);
    return JSON.parse(String(output.read()));
  };
  return { ask, [Symbol.dispose]: () => face.close() };
}

test('a client that has named the modern revision must name it with each request', async () => {
  using client = open();
  expect(await client.ask('server/discover', { _meta })).toHaveProperty('result');
  expect(await client.ask('tools/list')).toMatchObject({ error: { code: -32602 } });
});

test('a client that only probed for it may shake hands all the same', async () => {
  using client = open();
  await client.ask('server/discover', { _meta });
  expect(await client.ask('initialize', hello)).toHaveProperty('result.protocolVersion', '2025-11-25');
  expect(await client.ask('tools/list')).toHaveProperty('result.tools');
});
