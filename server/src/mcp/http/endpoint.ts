/**
 * One HTTP exchange with an upstream: the definition's headers, no redirects, and failures in words for people.
 * Only the origin of an address is ever shown: paths and queries of MCP servers hold keys.
 */
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { UpstreamError, type UpstreamFailure } from '../errors.ts';
import type { RemoteLaunch } from '../definition.ts';
import { CONNECT_TIMEOUT, exchange, type Answer } from './exchange.ts';
import type { GrantedHeaders, UpstreamAuthorization } from '../transport.ts';

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** A token that has run out, then one whose permission does not suffice: more is a server that cannot be satisfied. */
const MAX_RENEWALS = 2;

export class Endpoint {
  readonly url: URL;
  /** By lower-case name. */
  readonly #headers: Readonly<Record<string, string>>;
  readonly #authorization: UpstreamAuthorization | undefined;
  /** The newest that was granted. */
  #token: string | undefined;

  /** Throws `UpstreamError` when the address or a header cannot be used. */
  constructor(launch: RemoteLaunch, authorization?: UpstreamAuthorization) {
    this.url = readUrl(launch.url);
    this.#headers = { ...takeCredentials(this.url), ...readHeaders(launch.headers) };
    // What the user wrote into the definition is what counts.
    this.#authorization = 'authorization' in this.#headers ? undefined : authorization;
  }

  /**
   * Rejects with `UpstreamError` when no response came, or when a person has to log in first; any other status that came is returned.
   * A request that is denied access has had no effect, so it is sent again with renewed credentials.
   */
  async exchange(request: Exchange, url = this.url): Promise<Answer> {
    const authorization = url.origin === this.url.origin ? this.#authorization : undefined;
    let sent = (await authorization?.headers()) ?? {};
    let response = await this.#send(request, url, sent);
    // A farewell is not worth a login.
    for (let renewals = 0; renewals < MAX_RENEWALS && request.method !== 'DELETE'; renewals += 1) {
      const renewed = await renew(authorization, response, sent);
      if (!renewed) break;
      sent = renewed;
      response = await this.#send(request, url, sent);
    }
    return response;
  }

  /** Some servers repeat in an error what they were sent. */
  withoutGranted(text: string): string {
    return this.#token === undefined ? text : text.replaceAll(this.#token, '•••');
  }

  async #send({ method, headers, body, signal }: Exchange, url: URL, granted: GrantedHeaders): Promise<Answer> {
    this.#token = granted['authorization']?.split(' ').at(-1) ?? this.#token;
    const all = { ...this.#headers, ...headers, ...granted };
    try {
      return await exchange(url, { method, headers: all, signal, ...(body === undefined ? {} : { body }) });
    } catch (error) {
      throw networkFailure(this.url, error, signal);
    }
  }
}

/** The headers for another attempt; then the response is done with. */
async function renew(
  authorization: UpstreamAuthorization | undefined,
  response: Answer,
  sent: GrantedHeaders,
): Promise<GrantedHeaders | undefined> {
  const { status } = response;
  if (!authorization || (status !== 401 && status !== 403)) return undefined;
  let isDone = true;
  try {
    const renewed = await authorization.renew({ status, challenge: response.header('www-authenticate'), sent });
    isDone = renewed !== undefined;
    return renewed;
  } finally {
    if (isDone) response.discard();
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  const found = url ? `an address of the kind "${url.protocol}"` : 'no address';
  throw new UpstreamError('unreachable', `The server's "url" is ${found}; it must begin with http:// or https://.`);
}

/** A user name in the address becomes a header: messages about the address must not show the password. */
function takeCredentials(url: URL): Record<string, string> {
  const { username, password } = url;
  if (username === '' && password === '') return {};
  Object.assign(url, { username: '', password: '' });
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

/** Headers that say where a message ends, or what becomes of its connection: they are for whoever writes it. */
const FRAMING = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function readHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (FRAMING.has(name.toLowerCase())) throw badHeader(name, 'is not for a definition to set. Remove it from');
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value.trim());
    } catch {
      // No cause: its message holds the value.
      throw badHeader(name, 'has a name or value that HTTP does not allow. Correct it in');
    }
    result[name.toLowerCase()] = value.trim();
  }
  return result;
}

function badHeader(name: string, what: string): UpstreamError {
  return new UpstreamError('unreachable', `The header "${name}" ${what} the server's definition.`);
}

/** Failures before a connection exists: nothing was sent. */
const UNREACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start the server, or correct "url"',
  ENOTFOUND: 'its name is unknown. Check "url" and the network',
  EAI_AGAIN: 'its name cannot be looked up. Check the network',
  EHOSTUNREACH: 'the network does not lead there',
  ENETUNREACH: 'the network does not lead there',
  [CONNECT_TIMEOUT]: 'no connection could be made in time',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function networkFailure(url: URL, error: unknown, signal: AbortSignal): UpstreamError {
  if (signal.reason instanceof UpstreamError) return signal.reason;
  if (signal.aborted) return new UpstreamError('closed', 'The connection was closed.', { sent: true });
  const code = errorCode(error);
  const reason = UNREACHED[code];
  if (reason !== undefined) {
    return new UpstreamError('unreachable', `${url.origin} cannot be reached: ${reason}.`, { cause: error });
  }
  const message = `The connection to ${url.origin} broke (${code || 'unknown reason'}).`;
  return new UpstreamError('died', message, { sent: true, cause: error });
}

function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Turns a status that is no success into an error. `detail`: what the server said, already fit for people. */
export function statusFailure(url: URL, response: Answer, detail = ''): UpstreamError {
  const { status } = response;
  const said = detail === '' ? '' : ` It said: ${detail}`;
  const fail = (code: UpstreamFailure, message: string): UpstreamError =>
    new UpstreamError(code, `${message}${said}`, { sent: true, status });
  if (status === 401 || status === 403) {
    const advice = 'Check the credentials in the "headers" of its definition.';
    return fail('unauthorized', `${url.origin} refuses access (HTTP ${status}). ${advice}`);
  }
  if (status >= 300 && status < 400) return fail('refused', redirectMessage(url, response));
  return fail('refused', `${url.origin} answered with HTTP ${status}. Check "url" and whether the server is well.`);
}

function redirectMessage(url: URL, response: Answer): string {
  const location = response.header('location') ?? '';
  const target = URL.canParse(location, url.href) ? ` to ${new URL(location, url).origin}` : '';
  return `${url.origin} redirects${target}, and redirects are not followed. Write the final address into "url".`;
}
