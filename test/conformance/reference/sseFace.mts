/** The reference server over legacy HTTP with server-sent events: one stream down, and POSTs up that it names. */
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createReferenceServer } from './createServer.mts';

/** `/sse` opens a session; its messages go to `/message`. */
export class SseFace {
  readonly #sessions = new Map<string, SSEServerTransport>();

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return this.#open(response);
    const id = new URL(request.url ?? '', 'http://reference').searchParams.get('sessionId') ?? '';
    const session = this.#sessions.get(id);
    if (session) await session.handlePostMessage(request, response);
    else response.writeHead(404).end();
  }

  async #open(response: ServerResponse): Promise<void> {
    const transport = new SSEServerTransport('/message', response);
    this.#sessions.set(transport.sessionId, transport);
    response.once('close', () => this.#sessions.delete(transport.sessionId));
    // The transport is the SDK's of the first generation, since the second no longer has one; its shape is the same.
    await createReferenceServer().connect(transport);
  }
}
