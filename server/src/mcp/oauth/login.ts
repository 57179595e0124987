/**
 * One login by a person: the address that opens the authorization server's page, and the credentials that come of it (OAuth 2.1 code flow
 * with PKCE). Shows and opens nothing: whoever begins a login shows the address first.
 */
import { randomBytes } from 'node:crypto';
import { startAuthorization } from '@modelcontextprotocol/sdk/client/auth.js';
import type { OAuthSettings } from '../definition.ts';
import { UpstreamError } from '../errors.ts';
import { printable } from '../untrusted.ts';
import { CallbackListener } from './callback.ts';
import type { Challenge } from './challenge.ts';
import { identifyClient } from './client.ts';
import type { ClientRegistration, Credentials } from './credentials.ts';
import { discover, type AuthorizationTarget } from './discovery.ts';
import { checkReach, type GuardedFetch, type GuardOptions } from './guardedFetch.ts';
import { unionOfScopes } from './scope.ts';
import { redeemCode } from './tokens.ts';

/** Milliseconds that a person may take. */
export const LOGIN_PATIENCE = 5 * 60_000;

export interface LoginRequest {
  readonly server: URL;
  readonly settings: OAuthSettings;
  readonly challenge: Challenge;
  /** Of an earlier login. */
  readonly known: Credentials | undefined;
  readonly guard: GuardOptions;
  readonly fetch: GuardedFetch;
  /** Ends the login. */
  readonly signal: AbortSignal;
}

export interface PendingLogin {
  /** Where the person logs in: https, or loopback. */
  readonly url: URL;
  readonly issuer: string;
  /** Rejects with `UpstreamError` when the login fails, is refused, takes too long or is given up. */
  readonly credentials: Promise<Credentials>;
}

/** Rejects with `UpstreamError`; then nothing listens. */
export async function beginLogin(request: LoginRequest): Promise<PendingLogin> {
  const { server, settings, challenge, guard, fetch, known } = request;
  const target = await discover({ server, challenge, issuer: settings.issuer, fetch });
  const listener = await openListener(settings, known);
  try {
    const { redirectUri } = listener;
    const scope = scopeFor(target, challenge, known);
    const client = await identifyClient({ target, settings, known, redirectUri, scope, fetch });
    const state = randomBytes(32).toString('base64url');
    const { authorizationUrl, codeVerifier } = await startAuthorization(target.issuer, {
      metadata: target.metadata,
      clientInformation: client,
      redirectUrl: redirectUri,
      state,
      // As the server writes it: a URL object would add a slash.
      resource: target.resource,
      ...(scope === undefined ? {} : { scope }),
    });
    await checkReach(authorizationUrl, guard);
    const flow: Flow = { target, client, codeVerifier, redirectUri, scope, fetch };
    const credentials = finish(listener, state, flow, request.signal);
    return { url: authorizationUrl, issuer: target.issuer, credentials };
  } catch (error) {
    listener.close();
    throw error instanceof UpstreamError ? error : incompatible(target, error);
  }
}

interface Flow {
  readonly target: AuthorizationTarget;
  readonly client: ClientRegistration;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  readonly scope: string | undefined;
  readonly fetch: GuardedFetch;
}

async function finish(
  listener: CallbackListener,
  state: string,
  flow: Flow,
  signal: AbortSignal,
): Promise<Credentials> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(LOGIN_PATIENCE)]);
  try {
    const answer = await Promise.race([listener.answer(state), givenUp(patience)]);
    return await redeemCode({ ...flow, code: codeOf(answer, flow.target) });
  } finally {
    listener.close();
  }
}

/** RFC 9207 section 2.4 comes first: of an answer from another issuer nothing is used or shown. Throws `UpstreamError`. */
function codeOf(answer: URLSearchParams, { issuer, metadata }: AuthorizationTarget): string {
  const given = answer.getAll('iss');
  const mustSay = metadata['authorization_response_iss_parameter_supported'] === true;
  if (given.length > 1 || (given.length === 0 ? mustSay : given[0] !== issuer))
    throw failed(`the answer does not come from ${issuer}, where the login was begun. Nothing of it was used`);
  const error = answer.get('error');
  if (error !== null) {
    const description = answer.get('error_description') ?? '';
    throw failed(`${issuer} answered: ${printable(`${error} ${description}`.trim(), 300)}`);
  }
  const code = answer.get('code');
  if (code === null) throw failed(`${issuer} sent no code`);
  return code;
}

/** What the server asks for now, with what an earlier login was granted; else what its metadata name. */
function scopeFor(
  { metadata, scopesSupported }: AuthorizationTarget,
  challenge: Challenge,
  known: Credentials | undefined,
): string | undefined {
  const earlier = known?.issuer === metadata.issuer ? known.scope : undefined;
  const wanted = challenge.scope === undefined ? scopesSupported : unionOfScopes(earlier, challenge.scope);
  // OpenID Connect gives refresh tokens only for this scope.
  const offline = wanted !== undefined && metadata.scopes_supported?.includes('offline_access') === true;
  return unionOfScopes(wanted, offline ? 'offline_access' : undefined);
}

/** A client that registered itself did so with one address; with another it would have to register again. */
async function openListener(
  { callbackPort }: OAuthSettings,
  known: Credentials | undefined,
): Promise<CallbackListener> {
  if (callbackPort !== undefined) {
    return CallbackListener.open(callbackPort).catch(() => {
      throw failed(`port ${callbackPort}, which "callbackPort" names, is taken. Free it and try again`);
    });
  }
  const registered = known?.client.redirectUri;
  const port = registered === undefined ? 0 : Number(new URL(registered).port);
  return CallbackListener.open(port).catch(() => CallbackListener.open(0));
}

function givenUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void =>
      reject(
        signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError'
          ? failed(`nobody logged in within ${LOGIN_PATIENCE / 60_000} minutes. Begin it again`)
          : new UpstreamError('closed', 'The login was given up.'),
      );
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

function incompatible({ issuer }: AuthorizationTarget, error: unknown): UpstreamError {
  const why = error instanceof Error ? printable(error.message, 200) : '';
  return new UpstreamError('unauthorized', `${issuer} cannot be used for a login: ${why}.`);
}

function failed(why: string): UpstreamError {
  return new UpstreamError('unauthorized', `The login failed: ${why}.`);
}
