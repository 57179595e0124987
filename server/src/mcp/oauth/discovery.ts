/**
 * From an MCP server to its authorization server: protected resource metadata (RFC 9728), then authorization server metadata (RFC 8414,
 * OpenID Connect Discovery), as the authorization pages of MCP 2025-11-25 and 2026-07-28 ask. Nothing is guessed: what metadata do not
 * name does not exist. (The SDK's own discovery falls back to endpoints that nobody named, and drops what OpenID metadata say of `iss`.)
 */
import { buildDiscoveryUrls } from '@modelcontextprotocol/sdk/client/auth.js';
import {
  OAuthMetadataSchema,
  OAuthProtectedResourceMetadataSchema,
  type OAuthMetadata,
  type OAuthProtectedResourceMetadata,
} from '@modelcontextprotocol/sdk/shared/auth.js';
import { checkResourceAllowed, resourceUrlFromServerUrl } from '@modelcontextprotocol/sdk/shared/auth-utils.js';
import { UpstreamError } from '../errors.ts';
import { printable } from '../untrusted.ts';
import type { Challenge } from './challenge.ts';
import type { GuardedFetch } from './guardedFetch.ts';

export interface AuthorizationTarget {
  /** What a token is asked for: the `resource` parameter of RFC 8707. */
  readonly resource: string;
  /** Identifies the authorization server; taken from its own metadata, and equal to what the MCP server named. */
  readonly issuer: string;
  readonly metadata: OAuthMetadata;
  /** Scopes that the MCP server names in its metadata, separated by spaces. */
  readonly scopesSupported: string | undefined;
}

export interface DiscoveryRequest {
  readonly server: URL;
  readonly challenge: Challenge;
  /** The only issuer that the user wants. */
  readonly issuer: string | undefined;
  readonly fetch: GuardedFetch;
}

/** Rejects with `UpstreamError`. */
export async function discover({ server, challenge, issuer, fetch }: DiscoveryRequest): Promise<AuthorizationTarget> {
  const resource = await readResource(server, challenge, fetch);
  const named = chooseIssuer(resource?.authorization_servers ?? [], issuer, server);
  const metadata = await readMetadata(named, fetch);
  demandPkce(metadata);
  return {
    resource: resource?.resource ?? resourceUrlFromServerUrl(server).href,
    issuer: metadata.issuer,
    metadata,
    scopesSupported: resource?.scopes_supported?.join(' '),
  };
}

/** Undefined where the server has no such metadata: servers of revision 2025-03-26 are their own authorization server. */
async function readResource(
  server: URL,
  { resourceMetadata }: Challenge,
  fetch: GuardedFetch,
): Promise<OAuthProtectedResourceMetadata | undefined> {
  const places = resourceMetadata === undefined ? wellKnown(server) : [parseUrl(resourceMetadata, server)];
  for (const place of places) {
    const json = await readJson(place, fetch);
    if (json === undefined) continue;
    const metadata = OAuthProtectedResourceMetadataSchema.safeParse(json);
    if (!metadata.success) throw failure(server, `has metadata at ${place.origin} that are not as RFC 9728 says`);
    if (isFor(server, metadata.data.resource)) return metadata.data;
    throw failure(server, `has metadata for another resource, "${printable(metadata.data.resource, 200)}"`);
  }
  if (resourceMetadata !== undefined) throw failure(server, 'names metadata of the resource that are not there');
  return undefined;
}

function wellKnown(server: URL): readonly URL[] {
  const base = '/.well-known/oauth-protected-resource';
  const path = server.pathname.replace(/\/$/, '');
  return [...(path === '' ? [] : [new URL(base + path + server.search, server)]), new URL(base, server)];
}

function isFor(server: URL, resource: string): boolean {
  return checkResourceAllowed({ requestedResource: server, configuredResource: resource });
}

function chooseIssuer(named: readonly string[], wanted: string | undefined, server: URL): string {
  const [first = server.origin] = named;
  if (wanted === undefined) return first;
  const found = (named.length === 0 ? [first] : named).find((each) => sameIssuer(each, wanted));
  if (found !== undefined) return found;
  throw failure(server, `names another authorization server, ${origin(first)}, than "issuer" in its definition`);
}

async function readMetadata(issuer: string, fetch: GuardedFetch): Promise<OAuthMetadata> {
  const server = parseUrl(issuer);
  for (const { url } of buildDiscoveryUrls(server)) {
    const json = await readJson(url, fetch);
    if (json === undefined) continue;
    const metadata = OAuthMetadataSchema.safeParse(json);
    if (!metadata.success) throw failure(server, 'has metadata that are not as RFC 8414 says');
    if (sameIssuer(issuer, metadata.data.issuer)) return metadata.data;
    throw failure(server, `calls itself "${printable(metadata.data.issuer, 200)}" in its metadata: another issuer`);
  }
  throw failure(server, 'is said to be an authorization server, but has no metadata of one');
}

/** Compared as texts. A name that was written as an address may have got a slash at its end. */
function sameIssuer(named: string, issuer: string): boolean {
  return issuer === named || (named.endsWith('/') && issuer === named.slice(0, -1));
}

/** Without it a stolen code is enough to log in, and servers that know it say so. */
function demandPkce({ issuer, code_challenge_methods_supported: methods = [] }: OAuthMetadata): void {
  if (methods.includes('S256')) return;
  throw failure(parseUrl(issuer), 'does not say that it supports PKCE with S256, which MCP demands');
}

/** Undefined where there is nothing (4xx, or a redirect: none is followed). */
async function readJson(url: URL, fetch: GuardedFetch): Promise<unknown> {
  const response = await fetch(url, { headers: { accept: 'application/json' } });
  if (response.status >= 300 && response.status < 500) return undefined;
  if (!response.ok) throw failure(url, `answered a question for its metadata with HTTP ${response.status}`);
  try {
    return await response.json();
  } catch {
    throw failure(url, 'answered a question for its metadata with something that is no JSON');
  }
}

function parseUrl(text: string, base?: URL): URL {
  if (URL.canParse(text, base?.href)) return new URL(text, base);
  throw new UpstreamError('unauthorized', `An address for the login is none: "${printable(text, 200)}".`);
}

function origin(text: string): string {
  return URL.canParse(text) ? new URL(text).origin : printable(text, 200);
}

function failure({ origin: where }: URL, what: string): UpstreamError {
  return new UpstreamError('unauthorized', `No login is possible: ${where} ${what}.`);
}
