/**
 * Requests to authorization servers: https (or loopback), addresses checked when the connection is made, no redirects, bounded in size and
 * time. Credentials travel here, so nothing of an answer but its JSON is passed on, and errors name origins only.
 */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { UpstreamError } from '../errors.ts';
import { hostOf, type ReachRule } from './reach.ts';

const MAX_BYTES = 512 * 1024;
const MAX_HEADER_BYTES = 16 * 1024;
const TIMEOUT = 15_000;

export type GuardedFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

export interface GuardOptions {
  readonly rule: ReachRule;
  /** Resolves names; replaced in tests. */
  readonly lookup?: typeof dns.lookup;
  readonly signal?: AbortSignal;
}

/** A `fetch` that rejects with `UpstreamError`. Redirects are returned, not followed. */
export function guardedFetch({ rule, lookup = dns.lookup, signal }: GuardOptions): GuardedFetch {
  return async (address, init = {}) => {
    const url = new URL(address);
    checkUrl(url, rule);
    const bounds = AbortSignal.any([AbortSignal.timeout(TIMEOUT), ...(signal ? [signal] : [])]);
    try {
      return await exchange(url, init, checkedLookup(url, rule, lookup), bounds);
    } catch (error) {
      throw error instanceof UpstreamError ? error : unreachable(url, error, bounds);
    }
  };
}

/** What can be seen without asking for the address. Throws `UpstreamError`. */
export function checkUrl(url: URL, rule: ReachRule): void {
  const problem = rule.schemeProblem(url);
  if (problem !== undefined) throw refused(url, problem);
  if (url.username !== '' || url.password !== '') throw refused(url, 'carries a user name');
  const host = hostOf(url);
  // A connection to a literal address asks no resolver.
  if (isIP(host) !== 0 && !rule.permits(url, host)) throw refused(url, PRIVATE);
}

/** As `checkUrl`, and that its name leads to a permitted address now. Rejects with `UpstreamError`. */
export async function checkReach(url: URL, { rule, lookup = dns.lookup }: GuardOptions): Promise<void> {
  checkUrl(url, rule);
  await new Promise<void>((resolve, reject) => {
    const checked = checkedLookup(url, rule, lookup) as typeof dns.lookup;
    checked(hostOf(url), { all: true }, (error) => {
      if (!error) return resolve();
      reject(error instanceof UpstreamError ? error : unreachable(url, error));
    });
  });
}

const PRIVATE = 'leads into a private network or to this machine, which a remote server must not do';

/** Every address must be permitted: which of them is used is not ours to choose. */
function checkedLookup(url: URL, rule: ReachRule, lookup: typeof dns.lookup): http.RequestOptions['lookup'] {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const forbidden = addresses.some(({ address }) => !rule.permits(url, address));
      if (forbidden || addresses.length === 0) return callback(refused(url, PRIVATE), '');
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
  };
}

async function exchange(
  url: URL,
  { method = 'GET', headers, body }: RequestInit,
  lookup: http.RequestOptions['lookup'],
  signal: AbortSignal,
): Promise<Response> {
  const text = body instanceof URLSearchParams || typeof body === 'string' ? String(body) : '';
  const options: https.RequestOptions = {
    method,
    headers: { accept: 'application/json', ...Object.fromEntries(new Headers(headers)) },
    maxHeaderSize: MAX_HEADER_BYTES,
    // A connection of its own: one that was made under another rule is not taken over.
    agent: false,
    signal,
    ...(lookup ? { lookup } : {}),
  };
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const request = client.request(url, options, resolve);
    request.on('error', reject);
    // Also where the connection becomes another protocol's, which nobody asked for: then nothing else tells.
    request.once('close', () => reject(new Error('The connection was closed without an answer.')));
    request.end(text);
  });
  return responseOf(url, answer, await readBody(url, answer));
}

async function readBody(url: URL, answer: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new UpstreamError('too-large', `${url.origin} answered with more than 512 KiB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Statuses that `Response` takes without a body only. */
const EMPTY: ReadonlySet<number> = new Set([204, 205, 304]);

/** Throws `UpstreamError` for a status that HTTP does not have: `Response` takes none. */
function responseOf(url: URL, { statusCode = 0, headers }: http.IncomingMessage, content: Buffer): Response {
  if (statusCode < 200 || statusCode > 599)
    throw new UpstreamError('refused', `${url.origin} answered with HTTP ${statusCode}, which means nothing.`);
  const isEmpty = content.length === 0 || EMPTY.has(statusCode);
  const { location, 'content-type': type } = headers;
  return new Response(isEmpty ? null : content.toString('utf8'), {
    status: statusCode,
    headers: {
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(location === undefined ? {} : { location }),
    },
  });
}

function refused(url: URL, why: string): UpstreamError {
  const place = url.origin === 'null' ? 'An address for the login' : `${url.origin}, an address for the login,`;
  return new UpstreamError('unauthorized', `${place} ${why}. It is not used.`);
}

function unreachable(url: URL, error: unknown, signal?: AbortSignal): UpstreamError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const why = signal?.aborted ? 'it did not answer in time' : code || 'unknown reason';
  return new UpstreamError('unreachable', `The authorization server ${url.origin} cannot be reached: ${why}.`, {
    cause: error,
  });
}
