/** Requests of the stateless revision written by hand: what an honest client sends, and any part of it another. */
import { metaKeys } from '../../../server/src/mcp/era/envelope.ts';
import { mirroredHeaders } from '../../../server/src/mcp/http/mirrored.ts';
import type { RequestMessage } from '../../../server/src/mcp/message.ts';
import { MODERN_REVISION } from '../../../server/src/mcp/revision.ts';
import { send, type Answer, type Request } from './http.ts';
import type { TestGateway } from './running.ts';

export interface ModernRequest {
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** Over those that the body gives; `undefined` leaves one out. */
  readonly headers?: Request['headers'];
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly capabilities?: object;
}

let lastId = 0;

/** The message alone: for stdio, and as a seed for whoever mutates it. */
export function modernMessage({
  method = 'tools/call',
  params,
  meta,
  capabilities = {},
}: ModernRequest): RequestMessage {
  lastId += 1;
  const envelope = {
    [metaKeys.version]: MODERN_REVISION,
    [metaKeys.clientInfo]: { name: 'raw', version: '1' },
    [metaKeys.capabilities]: capabilities,
  };
  return { jsonrpc: '2.0', id: lastId, method, params: { ...params, _meta: { ...envelope, ...meta } } };
}

export function postModern(running: Pick<TestGateway, 'url' | 'token'>, request: ModernRequest): Promise<Answer> {
  const message = modernMessage(request);
  return send(running, {
    headers: { ...mirroredHeaders(message), ...request.headers },
    body: JSON.stringify(message),
  });
}
