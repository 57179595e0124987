import { expect, test } from 'vitest';
import { negotiate, type AskServer } from '../../../server/src/mcp/era/negotiate.ts';
import type { ResponseMessage } from '../../../server/src/mcp/message.ts';

const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };

/** A server that gives these answers, one after the other, and what it was asked. */
function answering(...answers: readonly Partial<ResponseMessage>[]): { ask: AskServer; asked: string[] } {
  const asked: string[] = [];
  const ask: AskServer = (method) => {
    asked.push(method);
    const answer = answers[asked.length - 1] ?? { error: { code: -32601, message: 'Method not found' } };
    return Promise.resolve({ jsonrpc: '2.0', id: 1, ...answer } as ResponseMessage);
  };
  return { ask, asked };
}

const refusal = { error: { code: -32022, message: 'Unsupported', data: { supported: ['2026-07-28'] } } };
const discovery = { result: { supportedVersions: ['2026-07-28'], capabilities: {} } };

test('a server that refuses our revision and offers it is asked once more', async () => {
  const { ask, asked } = answering(refusal, discovery);
  expect(await negotiate(ask, { params, first: 'modern' })).toMatchObject({ era: 'modern' });
  expect(asked).toEqual(['server/discover', 'server/discover']);
});

test('and no third time', async () => {
  const { ask, asked } = answering(refusal, refusal, refusal);
  await expect(negotiate(ask, { params, first: 'modern' })).rejects.toThrow();
  expect(asked).toEqual(['server/discover', 'server/discover', 'initialize']);
});

test('a server that offers another revision is asked in the other era at once', async () => {
  const other = { error: { ...refusal.error, data: { supported: ['2099-01-01'] } } };
  const { ask, asked } = answering(other, { result: { ...params } });
  expect(await negotiate(ask, { params, first: 'modern' })).toMatchObject({ era: 'legacy' });
  expect(asked).toEqual(['server/discover', 'initialize']);
});
