/**
 * Who we are to an authorization server, in the order that MCP asks for: a client that was registered beforehand, a client id metadata
 * document, dynamic registration (RFC 7591).
 */
import { registerClient } from '@modelcontextprotocol/sdk/client/auth.js';
import { OAuthError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import type { OAuthSettings } from '../definition.ts';
import { UpstreamError } from '../errors.ts';
import { printable } from '../untrusted.ts';
import type { ClientRegistration, Credentials } from './credentials.ts';
import type { AuthorizationTarget } from './discovery.ts';
import type { GuardedFetch } from './guardedFetch.ts';

export interface ClientRequest {
  readonly target: AuthorizationTarget;
  readonly settings: OAuthSettings;
  /** From an earlier login, perhaps at another authorization server. */
  readonly known: Credentials | undefined;
  readonly redirectUri: string;
  readonly scope: string | undefined;
  readonly fetch: GuardedFetch;
}

/** Rejects with `UpstreamError`. */
export async function identifyClient(request: ClientRequest): Promise<ClientRegistration> {
  const { target, settings, known, redirectUri } = request;
  const { clientId, clientSecret } = settings;
  const { client_id_metadata_document_supported: readsDocuments, registration_endpoint: registers } = target.metadata;
  const isUsable = !isDocument(clientId) || readsDocuments === true || registers === undefined;
  if (isRegisteredBeforehand(settings)) keepToIssuer(request);
  if (clientId !== undefined && isUsable)
    return { client_id: clientId, ...(clientSecret === undefined ? {} : { client_secret: clientSecret }) };
  if (known?.issuer === target.issuer && known.client.redirectUri === redirectUri) return known.client;
  if (registers === undefined) throw noClient(target);
  return register(request);
}

/** Whether the user had the client registered: at one authorization server, so its id and secret are for that one alone. */
export function isRegisteredBeforehand({ clientId }: OAuthSettings): boolean {
  return clientId !== undefined && !isDocument(clientId);
}

/** A server that names another authorization server than before must not be given the client of the first. Throws `UpstreamError`. */
function keepToIssuer({ target, settings, known }: ClientRequest): void {
  if (settings.issuer !== undefined || known === undefined || known.issuer === target.issuer) return;
  const what = `The server now names the authorization server ${target.issuer}, and its "clientId" was used at ${known.issuer}.`;
  const advice = 'If that is right, write the new one into "oauth": { "issuer" } of its definition, or log out first.';
  throw new UpstreamError('unauthorized', `${what} Nothing was sent there. ${advice}`);
}

function isDocument(clientId: string | undefined): boolean {
  if (clientId === undefined || !URL.canParse(clientId)) return false;
  const { protocol, pathname } = new URL(clientId);
  return protocol === 'https:' && pathname !== '/';
}

async function register({ target, redirectUri, scope, fetch }: ClientRequest): Promise<ClientRegistration> {
  const { metadata, issuer } = target;
  const clientMetadata = {
    client_name: 'Portcullis',
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: authMethod(metadata.token_endpoint_auth_methods_supported),
    // Without it OpenID Connect takes us for a web site, which must not redirect to this machine.
    application_type: 'native',
    ...(scope === undefined ? {} : { scope }),
  };
  try {
    const client = await registerClient(issuer, { metadata, clientMetadata, fetchFn: fetch });
    return {
      client_id: client.client_id,
      redirectUri,
      ...(client.client_secret === undefined ? {} : { client_secret: client.client_secret }),
      ...(client.token_endpoint_auth_method === undefined
        ? {}
        : { token_endpoint_auth_method: client.token_endpoint_auth_method }),
    };
  } catch (error) {
    throw error instanceof UpstreamError ? error : notRegistered(target, error);
  }
}

/** A program on a user's machine keeps no secret, so `none` is best. */
function authMethod(supported: readonly string[] = ['none']): string {
  return ['none', 'client_secret_basic', 'client_secret_post'].find((method) => supported.includes(method)) ?? 'none';
}

function noClient({ issuer }: AuthorizationTarget): UpstreamError {
  const advice = 'Register a client there, and write its id into "oauth": { "clientId" } of the server\'s definition.';
  return new UpstreamError('unauthorized', `${issuer} does not let clients register themselves. ${advice}`);
}

function notRegistered({ issuer }: AuthorizationTarget, error: unknown): UpstreamError {
  const said = error instanceof OAuthError ? ` It said: ${printable(`${error.errorCode} ${error.message}`, 300)}` : '';
  const advice = 'Register a client there, and write its id into "oauth": { "clientId" } of the server\'s definition.';
  return new UpstreamError('unauthorized', `${issuer} does not register this client.${said} ${advice}`);
}
