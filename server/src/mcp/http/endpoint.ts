/**
 * One HTTP exchange with an upstream: the definition's headers, no redirects, and failures in words for people.
 * Only the origin of an address is ever shown: paths and queries of MCP servers hold keys.
 */
import { UpstreamError, type UpstreamFailure } from '../errors.ts';
import type { RemoteLaunch } from '../definition.ts';
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
  readonly #headers: Headers;
  readonly #authorization: UpstreamAuthorization | undefined;

  /** Throws `UpstreamError` when the address or a header cannot be used. */
  constructor(launch: RemoteLaunch, authorization?: UpstreamAuthorization) {
    this.url = readUrl(launch.url);
    this.#headers = readHeaders(launch.headers);
    this.#moveCredentials();
    // What the user wrote into the definition is what counts.
    this.#authorization = this.#headers.has('authorization') ? undefined : authorization;
  }

  /**
   * Rejects with `UpstreamError` when no response came, or when a person has to log in first; any other status that came is returned.
   * A request that is denied access has had no effect, so it is sent again with renewed credentials.
   */
  async exchange(exchange: Exchange, url = this.url): Promise<Response> {
    const authorization = url.origin === this.url.origin ? this.#authorization : undefined;
    let sent = (await authorization?.headers()) ?? {};
    let response = await this.#send(exchange, url, sent);
    // A farewell is not worth a login.
    for (let renewals = 0; renewals < MAX_RENEWALS && exchange.method !== 'DELETE'; renewals += 1) {
      const renewed = await renew(authorization, response, sent);
      if (!renewed) break;
      sent = renewed;
      response = await this.#send(exchange, url, sent);
    }
    return response;
  }

  async #send({ method, headers, body, signal }: Exchange, url: URL, granted: GrantedHeaders): Promise<Response> {
    const all = new Headers(this.#headers);
    for (const [name, value] of Object.entries({ ...headers, ...granted })) all.set(name, value);
    try {
      return await fetch(url, {
        method,
        headers: all,
        signal,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      throw networkFailure(this.url, error, signal);
    }
  }

  /** `fetch` refuses addresses with a user name, and its message would show the password. */
  #moveCredentials(): void {
    const { username, password } = this.url;
    if (username === '' && password === '') return;
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    if (!this.#headers.has('authorization')) {
      this.#headers.set('authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`);
    }
    this.url.username = '';
    this.url.password = '';
  }
}

/** The headers for another attempt; then the response is done with. */
async function renew(
  authorization: UpstreamAuthorization | undefined,
  response: Response,
  sent: GrantedHeaders,
): Promise<GrantedHeaders | undefined> {
  const { status } = response;
  if (!authorization || (status !== 401 && status !== 403)) return undefined;
  let isDone = true;
  try {
    const renewed = await authorization.renew({ status, challenge: response.headers.get('www-authenticate'), sent });
    isDone = renewed !== undefined;
    return renewed;
  } finally {
    if (isDone) await response.body?.cancel();
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  const found = url ? `an address of the kind "${url.protocol}"` : 'no address';
  throw new UpstreamError('unreachable', `The server's "url" is ${found}; it must begin with http:// or https://.`);
}

function readHeaders(headers: Readonly<Record<string, string>>): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    try {
      result.set(name, value);
    } catch {
      // No cause: its message holds the value.
      const what = `The header "${name}" has a name or value that HTTP does not allow. Correct it in the server's definition.`;
      throw new UpstreamError('unreachable', what);
    }
  }
  return result;
}

/** Failures before a connection exists: nothing was sent. */
const UNREACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start the server, or correct "url"',
  ENOTFOUND: 'its name is unknown. Check "url" and the network',
  EAI_AGAIN: 'its name cannot be looked up. Check the network',
  EHOSTUNREACH: 'the network does not lead there',
  ENETUNREACH: 'the network does not lead there',
  UND_ERR_CONNECT_TIMEOUT: 'no connection could be made in time',
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
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Turns a status that is no success into an error. `detail`: what the server said, already fit for people. */
export function statusFailure(url: URL, response: Response, detail = ''): UpstreamError {
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

function redirectMessage(url: URL, response: Response): string {
  const location = response.headers.get('location') ?? '';
  const target = URL.canParse(location, url.href) ? ` to ${new URL(location, url).origin}` : '';
  return `${url.origin} redirects${target}, and redirects are not followed. Write the final address into "url".`;
}
