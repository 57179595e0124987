/**
 * One HTTP exchange over node:http: kept connections, one write for a request, nothing followed, and no time-out but that for connecting.
 * How long an answer may take is for whoever waits for it. The global agents honour proxy variables where Node is told to
 * (NODE_USE_ENV_PROXY=1), as its `fetch` does.
 */
import http, {
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
} from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import { createBrotliDecompress, createGunzip, createInflate, constants } from 'node:zlib';

const CONNECT_MILLISECONDS = 10_000;

/** The code of the error for a connection that could not be made in time. */
export const CONNECT_TIMEOUT = 'CONNECT_TIMEOUT';

export interface Outgoing {
  readonly method: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Resolves with whatever status came. Rejects with the network's own error, which may tell of the address. */
export function exchange(url: URL, { method, headers, body, signal }: Outgoing): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Error('aborted'));
    const options = { ...addressOf(url), method, headers: sentHeaders(url, headers, body) };
    const request = (url.protocol === 'https:' ? https : http).request(options);
    let isAnswered = false;
    const abort = (): void => void request.destroy();
    signal.addEventListener('abort', abort);
    request.once('close', () => {
      signal.removeEventListener('abort', abort);
      // The connection became another protocol's, which nobody asked for.
      if (!isAnswered) reject(new Error('The connection was closed without a response.'));
    });
    request.once('socket', (socket: Socket) => limitConnecting(request, socket));
    request.on('error', reject);
    request.once('response', (incoming) => {
      isAnswered = true;
      resolve(new Answer(incoming));
    });
    request.end(body);
  });
}

/** Taken apart once for each upstream and not for each message. */
const addresses = new WeakMap<URL, RequestOptions>();

function addressOf(url: URL): RequestOptions {
  const known = addresses.get(url);
  if (known) return known;
  const { protocol, hostname, port, path } = urlToHttpOptions(url);
  const address = { protocol, hostname, port, path };
  addresses.set(url, address);
  return address;
}

function sentHeaders(url: URL, headers: Outgoing['headers'], body: string | undefined): OutgoingHttpHeaders {
  return {
    'user-agent': 'portcullis',
    ...(isLoopback(url) ? {} : { 'accept-encoding': 'gzip, deflate, br' }),
    ...headers,
    ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
  };
}

/** Nothing is gained there by compressing. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
}

function limitConnecting(request: ClientRequest, socket: Socket): void {
  if (!socket.connecting) return;
  const late = Object.assign(new Error('No connection could be made in time.'), { code: CONNECT_TIMEOUT });
  const timer = setTimeout(() => request.destroy(late), CONNECT_MILLISECONDS);
  const done = (): void => clearTimeout(timer);
  socket.once('encrypted' in socket ? 'secureConnect' : 'connect', done).once('close', done);
}

/** So much of a body that nobody wants is read, for so long, so that its connection can be used again. */
const MAX_DISCARDED_BYTES = 64 * 1024;
const DISCARD_MILLISECONDS = 1_000;

/** What came back. Its body is to be read or discarded, once. */
export class Answer {
  readonly status: number;
  readonly #incoming: IncomingMessage;

  constructor(incoming: IncomingMessage) {
    this.status = incoming.statusCode ?? 0;
    this.#incoming = incoming;
    // Whoever reads the body hears of its end; until then a break must not end the process.
    incoming.on('error', () => undefined);
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** Several of one name joined by commas; `null` without one. */
  header(name: string): string | null {
    const value = this.#incoming.headers[name];
    return (Array.isArray(value) ? value.join(', ') : value) ?? null;
  }

  /** Calls `take` with each piece of the body, until it says that it wants no more. Rejects when the connection breaks. */
  read(take: (chunk: Buffer) => 'done' | undefined): Promise<'done' | 'ended'> {
    const body = decoded(this.#incoming);
    return new Promise((resolve, reject) => {
      const onData = (chunk: Buffer): void => {
        try {
          if (take(chunk) !== 'done') return;
          body.off('data', onData);
          this.discard();
          resolve('done');
        } catch (error) {
          reject(error instanceof Error ? error : new Error('The body could not be read.'));
          this.#incoming.destroy();
        }
      };
      body.on('data', onData);
      body.once('end', () => resolve('ended'));
      body.on('error', reject);
      body.once('close', () => {
        if (!body.readableEnded) reject(new Error('The body was cut off.'));
      });
    });
  }

  discard(): void {
    const incoming = this.#incoming.unpipe();
    if (incoming.destroyed || incoming.complete) return void incoming.resume();
    let bytes = 0;
    const timer = setTimeout(() => incoming.destroy(), DISCARD_MILLISECONDS).unref();
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_DISCARDED_BYTES) incoming.destroy();
    });
    incoming.once('close', () => clearTimeout(timer));
    incoming.resume();
  }
}

/** Servers may compress unasked. */
function decoded(incoming: IncomingMessage): Readable {
  const decoder = decoderOf(incoming.headers['content-encoding']?.trim().toLowerCase());
  if (!decoder) return incoming;
  incoming.on('error', (error) => decoder.destroy(error));
  return incoming.pipe(decoder);
}

/** A stream of events is passed on as it comes, and a body may lack its last bytes. */
const zlibOptions = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };

function decoderOf(
  encoding: string | undefined,
): ReturnType<typeof createGunzip> | ReturnType<typeof createBrotliDecompress> | undefined {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(zlibOptions);
    case 'deflate':
      return createInflate(zlibOptions);
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    default:
      return undefined;
  }
}
