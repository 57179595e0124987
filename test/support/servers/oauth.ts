/**
 * A protected MCP server and its authorization server, on two loopback ports: strict about PKCE, redirect addresses and the resource, with
 * refresh tokens that can be used once. What a test wants to be wrong is changed through `alter`.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly path: string;
  readonly method: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly form: URLSearchParams;
}

/** What differs from an honest server. */
export interface Alterations {
  resourceMetadata?: Record<string, unknown>;
  serverMetadata?: Record<string, unknown>;
  /** The value of `iss` in answers; null: none. */
  iss?: string | null;
  /** The id of a client that was registered beforehand, for any address on this machine. */
  registered?: string;
  /** Scopes that a call of a tool needs beside those of the door. */
  toolScope?: string;
  /** The server says what it read in the Authorization header. */
  echoes?: boolean;
  /** The server answers whoever is let in with this status. */
  fails?: number;
  /** Awaited before a refresh is answered. */
  beforeRefresh?: () => Promise<void>;
}

interface Grant {
  readonly clientId: string;
  readonly scope: string;
  readonly challenge?: string;
  readonly redirectUri?: string;
}

export class OAuthServers {
  readonly alter: Alterations = {};
  /** Requests to the authorization server. */
  readonly asked: Seen[] = [];
  /** Requests to the MCP server. */
  readonly called: Seen[] = [];
  /** Every secret that was given out. */
  readonly secrets: string[] = [];
  readonly #resource = http.createServer((request, response) => void this.#serveMcp(request, response));
  readonly #issuer = http.createServer((request, response) => void this.#serveIssuer(request, response));
  readonly #clients = new Map<string, readonly string[]>();
  readonly #codes = new Map<string, Grant>();
  readonly #access = new Map<string, Grant>();
  readonly #refresh = new Map<string, Grant>();

  static async start(): Promise<OAuthServers> {
    const servers = new OAuthServers();
    for (const server of [servers.#resource, servers.#issuer])
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return servers;
  }

  get url(): string {
    return `${originOf(this.#resource)}/mcp`;
  }

  get issuer(): string {
    return originOf(this.#issuer);
  }

  /** Access tokens run out. */
  expire(): void {
    this.#access.clear();
  }

  /** The user takes the access back. */
  revoke(): void {
    this.#access.clear();
    this.#refresh.clear();
  }

  tokenRequests(grantType: string): readonly Seen[] {
    return this.asked.filter(({ path, form }) => path === '/token' && form.get('grant_type') === grantType);
  }

  /** Resolves when the MCP server has had so many requests. */
  async untilCalled(count: number): Promise<void> {
    while (this.called.length < count) await once(this.#resource, 'request');
  }

  /** Plays the user's browser: opens the page, and follows to where it leads. Resolves with the last status. */
  async consent(page: string): Promise<number> {
    return (await fetch(page)).status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of [this.#resource, this.#issuer]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  async #serveMcp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, body } = await this.#note(request, this.called);
    if (path === '/.well-known/oauth-protected-resource/mcp') return json(response, 200, this.#resourceMetadata());
    if (path !== '/mcp') return json(response, 404, {});
    const header = request.headers.authorization ?? '';
    const grant = this.#access.get(header.replace('Bearer ', ''));
    const message = JSON.parse(body || '{}') as { id?: unknown; method?: string };
    const needed = message.method === 'tools/call' ? this.alter.toolScope : undefined;
    if (!grant) return this.#challenge(response, 401, `scope="basic"`, header);
    if (needed !== undefined && !grant.scope.split(' ').includes(needed))
      return this.#challenge(response, 403, `error="insufficient_scope", scope="${needed}"`, header);
    if (this.alter.fails !== undefined) return json(response, this.alter.fails, { said: header });
    if (message.id === undefined) return void response.writeHead(request.method === 'POST' ? 202 : 405).end();
    json(response, 200, { jsonrpc: '2.0', id: message.id, result: answerTo(message.method) });
  }

  #challenge(response: ServerResponse, status: number, rest: string, header: string): void {
    const metadata = `${originOf(this.#resource)}/.well-known/oauth-protected-resource/mcp`;
    response.setHeader('www-authenticate', `Bearer ${rest}, resource_metadata="${metadata}"`);
    json(response, status, { error: this.alter.echoes ? `not with ${header}` : 'no' });
  }

  #resourceMetadata(): unknown {
    return { resource: this.url, authorization_servers: [this.issuer], ...this.alter.resourceMetadata };
  }

  async #serveIssuer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { path, form, body } = await this.#note(request, this.asked);
    switch (path) {
      case '/.well-known/oauth-authorization-server':
        return json(response, 200, this.#serverMetadata());
      case '/register':
        return this.#register(response, JSON.parse(body) as { redirect_uris: string[] });
      case '/authorize':
        return this.#authorize(response, new URL(request.url ?? '', this.issuer).searchParams);
      case '/token':
        return this.#token(response, form);
      default:
        return json(response, 404, {});
    }
  }

  #serverMetadata(): unknown {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      registration_endpoint: `${this.issuer}/register`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
      authorization_response_iss_parameter_supported: true,
      ...this.alter.serverMetadata,
    };
  }

  #register(response: ServerResponse, { redirect_uris }: { redirect_uris: string[] }): void {
    const clientId = `client-${this.#clients.size + 1}`;
    this.#clients.set(clientId, redirect_uris);
    json(response, 201, { client_id: clientId, redirect_uris, token_endpoint_auth_method: 'none' });
  }

  #authorize(response: ServerResponse, query: URLSearchParams): void {
    const [clientId = '', redirectUri = '', challenge = ''] = ['client_id', 'redirect_uri', 'code_challenge'].map(
      (name) => query.get(name) ?? '',
    );
    const isKnown = this.#clients.get(clientId)?.includes(redirectUri) ?? clientId === this.alter.registered;
    if (!isKnown || challenge === '' || query.get('resource') !== this.url) return json(response, 400, {});
    const code = this.#secret();
    this.#codes.set(code, { clientId, scope: query.get('scope') ?? '', challenge, redirectUri });
    const target = new URL(redirectUri);
    target.searchParams.set('code', code);
    target.searchParams.set('state', query.get('state') ?? '');
    const { iss = this.issuer } = this.alter;
    if (iss !== null) target.searchParams.set('iss', iss);
    response.writeHead(302, { location: target.href }).end();
  }

  async #token(response: ServerResponse, form: URLSearchParams): Promise<void> {
    const isRefresh = form.get('grant_type') === 'refresh_token';
    if (isRefresh) await this.alter.beforeRefresh?.();
    const grant = isRefresh ? spend(this.#refresh, form.get('refresh_token')) : this.#redeem(form);
    if (!grant || form.get('resource') !== this.url) return json(response, 400, { error: 'invalid_grant' });
    const [access, refresh] = [this.#secret(), this.#secret()];
    this.#access.set(access, grant);
    this.#refresh.set(refresh, grant);
    json(response, 200, { access_token: access, refresh_token: refresh, token_type: 'Bearer', scope: grant.scope });
  }

  #redeem(form: URLSearchParams): Grant | undefined {
    const grant = spend(this.#codes, form.get('code'));
    const verifier = form.get('code_verifier') ?? '';
    const isProven = createHash('sha256').update(verifier).digest('base64url') === grant?.challenge;
    return isProven && form.get('redirect_uri') === grant?.redirectUri ? grant : undefined;
  }

  #secret(): string {
    const secret = `secret-${randomBytes(16).toString('hex')}`;
    this.secrets.push(secret);
    return secret;
  }

  async #note(request: IncomingMessage, list: Seen[]): Promise<{ path: string; form: URLSearchParams; body: string }> {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const form = new URLSearchParams(body.startsWith('{') ? '' : body);
    list.push({ path, method: request.method ?? '', headers: request.headers, form });
    return { path, form, body };
  }
}

/** A code or a refresh token is good for one use. */
function spend(grants: Map<string, Grant>, secret: string | null): Grant | undefined {
  const grant = grants.get(secret ?? '');
  grants.delete(secret ?? '');
  return grant;
}

function answerTo(method: string | undefined): unknown {
  if (method === 'initialize')
    return {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'protected', version: '1' },
    };
  if (method === 'tools/list') return { tools: [{ name: 'echo', inputSchema: { type: 'object' } }] };
  return { content: [{ type: 'text', text: 'done' }] };
}

function originOf(server: http.Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
