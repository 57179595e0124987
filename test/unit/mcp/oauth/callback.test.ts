/** The listener that a login comes back to hears whatever any program on this machine sends it. */
import net from 'node:net';
import { expect, test } from 'vitest';
import { CallbackListener } from '../../../../server/src/mcp/oauth/callback.ts';

/** What the listener answers to a request line that no HTTP client would write. */
async function statusOf(listener: CallbackListener, target: string): Promise<string> {
  const { host, port } = new URL(listener.redirectUri);
  const socket = net.connect({ host: '127.0.0.1', port: Number(port) });
  socket.end(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  let text = '';
  for await (const chunk of socket.setEncoding('utf8')) text += String(chunk);
  return text.split(' ')[1] ?? '';
}

test('what is no address, or somebody else’s answer, is refused, and the right one still comes through', async () => {
  const listener = await CallbackListener.open(0);
  const answer = listener.answer('expected');
  for (const target of ['//', 'http://[', '/%', '*']) expect(await statusOf(listener, target), target).toBe('404');
  expect(await statusOf(listener, '/callback?state=another&code=evil')).toBe('400');
  expect(await statusOf(listener, '/callback?state=expected&code=good')).toBe('200');
  expect((await answer).get('code')).toBe('good');
  listener.close();
});
