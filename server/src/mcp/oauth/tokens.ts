/** The token endpoint: a code or a refresh token becomes tokens. What the endpoint says in its errors is shown, what it gives never is. */
import { exchangeAuthorization, refreshAuthorization } from '@modelcontextprotocol/sdk/client/auth.js';
import { OAuthError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import type { OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import { UpstreamError } from '../errors.ts';
import { printable } from '../untrusted.ts';
import type { ClientRegistration, Credentials, Tokens } from './credentials.ts';
import type { AuthorizationTarget } from './discovery.ts';
import type { GuardedFetch } from './guardedFetch.ts';

/** The authorization server takes the client or its refresh token no longer: only a new login helps. */
export class GrantLostError extends Error {
  /** Also the client itself is unknown there. */
  readonly clientToo: boolean;

  constructor(clientToo: boolean, options: ErrorOptions) {
    super('The login is no longer valid.', options);
    this.clientToo = clientToo;
  }
}

export interface CodeGrant {
  readonly target: AuthorizationTarget;
  readonly client: ClientRegistration;
  readonly code: string;
  readonly codeVerifier: string;
  readonly redirectUri: string;
  /** What was asked for. */
  readonly scope: string | undefined;
  readonly fetch: GuardedFetch;
}

/** Rejects with `UpstreamError`. */
export async function redeemCode(grant: CodeGrant): Promise<Credentials> {
  const { target, client, code, codeVerifier, redirectUri, fetch } = grant;
  const { metadata, issuer, resource } = target;
  try {
    const given = await exchangeAuthorization(issuer, {
      metadata,
      clientInformation: client,
      authorizationCode: code,
      codeVerifier,
      redirectUri,
      // As the server writes it: a URL object would add a slash.
      resource,
      fetchFn: fetch,
    });
    return { issuer, client, tokens: readTokens(given), ...scopeOf(given, grant.scope) };
  } catch (error) {
    throw explain(error, target);
  }
}

/** Rejects with `GrantLostError`, or with `UpstreamError` where a later attempt may succeed. */
export async function refresh(
  target: AuthorizationTarget,
  { client, scope }: Credentials,
  refreshToken: string,
  fetch: GuardedFetch,
): Promise<Credentials> {
  const { metadata, issuer, resource } = target;
  try {
    const given = await refreshAuthorization(issuer, {
      metadata,
      clientInformation: client,
      refreshToken,
      resource,
      fetchFn: fetch,
    });
    return { issuer, client, tokens: readTokens(given), ...scopeOf(given, scope) };
  } catch (error) {
    const code = error instanceof OAuthError ? error.errorCode : '';
    if (code === 'invalid_grant') throw new GrantLostError(false, { cause: error });
    if (code === 'invalid_client' || code === 'unauthorized_client') throw new GrantLostError(true, { cause: error });
    throw explain(error, target);
  }
}

function readTokens({ access_token: access, refresh_token: refreshToken, token_type: type }: OAuthTokens): Tokens {
  if (type.toLowerCase() !== 'bearer')
    throw new UpstreamError('unauthorized', `The login gave a token of the kind "${printable(type, 40)}", not Bearer.`);
  if (!/^[\x21-\x7e]+$/.test(access))
    throw new UpstreamError('unauthorized', 'The login gave a token that cannot be written into a header.');
  return { access, ...(refreshToken === undefined ? {} : { refresh: refreshToken }) };
}

function scopeOf({ scope: granted }: OAuthTokens, asked: string | undefined): { scope?: string } {
  const scope = granted ?? asked;
  return scope === undefined ? {} : { scope };
}

function explain(error: unknown, { issuer }: AuthorizationTarget): UpstreamError {
  if (error instanceof UpstreamError) return error;
  // A "server_error" may be the library's own, with the raw answer in it.
  const isSaid = error instanceof OAuthError && error.errorCode !== 'server_error';
  const said = isSaid ? ` It said: ${printable(`${error.errorCode} ${error.message}`.trim(), 300)}` : '';
  return new UpstreamError('unauthorized', `${issuer} gave no token.${said} Log in again.`);
}
