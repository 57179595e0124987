/**
 * Stands before the gateway for a suite that can send no token: adds the Authorization header to each request and leaves
 * all else as it came, Host and Origin, the spelling and order of headers, the body's bytes. For tests only.
 */
import { createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen, type Face } from './listen.mts';

export function startInjector(target: URL, token: string): Promise<Face> {
  const server = createServer((request, response) => forward(target, token, request, response));
  return listen(server, target.pathname);
}

function forward(target: URL, token: string, request: IncomingMessage, response: ServerResponse): void {
  const headers = [...withoutConnection(request.rawHeaders), 'authorization', `Bearer ${token}`];
  const onward = sendRequest({
    host: target.hostname,
    port: target.port,
    method: request.method,
    path: request.url,
    headers,
    setHost: false,
    agent: false,
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.rawHeaders).flushHeaders();
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  onward.on('error', () => response.destroy());
  // A client that hangs up must be seen to hang up: it may mean that a call is cancelled.
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

/** How long a connection stays open is a matter of each of the two connections. */
function withoutConnection(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((_, index) => rawHeaders[index - (index % 2)]?.toLowerCase() !== 'connection');
}
