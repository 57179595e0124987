/** What a relay keeps of the conversation that it carries. */
import { expect, test } from 'vitest';
import { Conversation } from '../../server/src/gateway/sharing/conversation.ts';

const line = (message: object): Uint8Array => Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));

test('a request that the client has given up is not kept, and not answered when the gateway ends', () => {
  const conversation = new Conversation();
  for (const id of [1, 2]) conversation.fromClient(line({ id, method: 'tools/call', params: { name: 't' } }));
  conversation.fromClient(line({ method: 'notifications/cancelled', params: { requestId: 1 } }));
  expect([...conversation.cutOff()]).toEqual([expect.objectContaining({ id: 2 })]);
});
