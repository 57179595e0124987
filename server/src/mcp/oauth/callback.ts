/**
 * Where a login comes back to: a listener on this machine's loopback address, for one answer (RFC 8252 section 7.3). Anything that does
 * not carry the expected `state` is refused and changes nothing: any page in the user's browser can send requests here.
 */
import { timingSafeEqual } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const PATH = '/callback';

export class CallbackListener {
  readonly redirectUri: string;
  readonly #server: http.Server;

  private constructor(server: http.Server, port: number) {
    this.#server = server;
    this.redirectUri = `http://127.0.0.1:${port}${PATH}`;
  }

  /** Rejects with the error of `listen`, for example when the port is taken. 0: any port. */
  static async open(port: number): Promise<CallbackListener> {
    const limits = { headersTimeout: 5_000, requestTimeout: 5_000, maxHeaderSize: 16 * 1024 };
    const server = http.createServer(limits);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve);
    });
    return new CallbackListener(server, (server.address() as AddressInfo).port);
  }

  /** The parameters of the answer that carries `state`. Waits for as long as the listener is open. */
  answer(state: string): Promise<URLSearchParams> {
    return new Promise((resolve) => {
      this.#server.on('request', (request, response) => {
        const answer = this.#serve(request, response, state);
        // Whatever it says is judged by whoever waits for it, and told there.
        if (answer) response.once('close', () => resolve(answer));
      });
    });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #serve(request: IncomingMessage, response: ServerResponse, state: string): URLSearchParams | undefined {
    // What is no address (a bare "//") must not throw here: it would end the process.
    const target = request.url ?? '/';
    const url = URL.canParse(target, this.redirectUri) ? new URL(target, this.redirectUri) : undefined;
    const isOurs = request.method === 'GET' && request.headers.host === new URL(this.redirectUri).host;
    if (!isOurs || url?.pathname !== PATH) return reply(response, 404, 'There is nothing here.');
    const { searchParams } = url;
    if (!isSame(searchParams.get('state') ?? '', state))
      return reply(response, 400, 'This is not the answer to the login that was begun. Begin it again.');
    reply(response, 200, 'The login has come back to Portcullis, which says how it went. You can close this page.');
    return searchParams;
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Nothing of the request is repeated. */
function reply(response: ServerResponse, status: number, text: string): undefined {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(`${text}\n`);
}
