/**
 * Who may talk to the gateway at all: pages of other sites may not (DNS rebinding, cross-site requests), nor may anyone without a token.
 * Pure. Decides on headers only whether a request is heard, never what a call may do.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { TokenHolder } from '../grants/registry.ts';
import type { Grant } from '../session/server.ts';
import type { Headers, Refusal } from './headers.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const AUTHORITY = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?$/;
const ORIGIN = /^https?:\/\/(.+)$/;

/** Loopback names pass with any port, since the port is no part of what rebinding forges; `allowed` are host names or `host:port`. */
export function checkAddress(headers: Headers, allowed: ReadonlySet<string>): Refusal | undefined {
  const host = headers.get('host');
  if (host === undefined || !isAllowed(host, allowed))
    return {
      status: 403,
      message: 'This host name is not allowed. Use 127.0.0.1, or start the gateway with --allow-host.',
    };
  const origin = headers.get('origin');
  if (origin === undefined) return undefined;
  const authority = ORIGIN.exec(origin.toLowerCase())?.[1];
  if (authority !== undefined && isAllowed(authority, allowed)) return undefined;
  return { status: 403, message: 'Requests from web pages of this origin are not allowed.' };
}

function isAllowed(authority: string, allowed: ReadonlySet<string>): boolean {
  const text = authority.toLowerCase();
  const name = AUTHORITY.exec(text)?.[1];
  return name !== undefined && (LOOPBACK.has(name) || allowed.has(name) || allowed.has(text));
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]{1,512})$/i;

/** The grant whose token the request bears. Every holder is compared, whichever matches. */
export function authenticate(headers: Headers, holders: readonly TokenHolder[]): Grant | undefined {
  const token = BEARER.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return undefined;
  const hash = hashToken(token);
  let found: Grant | undefined;
  for (const { grant, tokenHash } of holders) if (timingSafeEqual(hash, tokenHash)) found = grant;
  return found;
}

export const unauthorized: Refusal = {
  status: 401,
  message: 'A grant token is needed: "Authorization: Bearer …". The gateway prints where its token file is.',
  headers: { 'www-authenticate': 'Bearer realm="portcullis"' },
};

const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset="?utf-8"?[ \t]*)?$/i;

/** Only what the strict reader can read the one right way: plain UTF-8 JSON. */
export function checkBody(headers: Headers): Refusal | undefined {
  if (!JSON_TYPE.test(headers.get('content-type') ?? ''))
    return { status: 415, message: 'Send "Content-Type: application/json", in UTF-8.' };
  const encoding = headers.get('content-encoding')?.toLowerCase();
  if (encoding !== undefined && encoding !== 'identity')
    return { status: 415, message: 'Send the body without a content encoding.' };
  return undefined;
}

export const EVENT_STREAM = 'text/event-stream';

/** Whether `Accept` takes every one of the media types (specification "Streamable HTTP": a client lists both). */
export function accepts(headers: Headers, ...types: readonly string[]): boolean {
  const ranges = (headers.get('accept') ?? '')
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';')[0]?.trim());
  return types.every(
    (type) => ranges.includes(type) || ranges.includes(`${type.split('/')[0]}/*`) || ranges.includes('*/*'),
  );
}
