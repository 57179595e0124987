/** The scenarios of authorization: the client goes in, and where a login is asked for a person who agrees to everything gives it. */
import {
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  type OAuthClientInformationMixed,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type OAuthTokens,
  type Transport,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { GatewayFolder, startHttpGateway, type Definition } from '../gateway.mts';
import type { ScenarioRun } from './connect.mts';

/** More is a client that does not notice that it cannot satisfy the server. */
const MAX_LOGINS = 3;

/** Where the right thing is to be turned away. */
const REFUSED: ReadonlySet<string> = new Set([
  'auth/scope-retry-limit',
  'auth/resource-mismatch',
  'auth/iss-supported-missing',
  'auth/iss-wrong-issuer',
  'auth/iss-unexpected',
  'auth/iss-normalized',
  'auth/metadata-issuer-mismatch',
]);

/** The document that the suite expects of a client that has one. */
const CLIENT_DOCUMENT = 'https://conformance-test.local/client-metadata.json';

/** A way to the protected server, and to a login there. */
interface Door extends AsyncDisposable {
  open(): Promise<Transport>;
  asksForLogin(error: unknown): boolean;
  logIn(): Promise<void>;
}

/** `name`: of the scenario. */
export async function visitProtected(name: string, run: ScenarioRun): Promise<void> {
  await using door = await doorTo(name, run);
  const visit = enter(door, run.revision, maxLogins(name, run));
  if (!REFUSED.has(name)) return await visit;
  const wentIn = await visit.then(
    () => true,
    () => false,
  );
  if (wentIn) throw new Error('The client went in where it should have been turned away.');
}

/**
 * The SDK's client begins a login by itself, and the next one when it is let: where logins do not help, or its memory holds on to the
 * authorization server of before, it would make requests that the gateway rightly does not make.
 */
const DIRECT_LOGINS: Readonly<Record<string, number>> = {
  'auth/scope-retry-limit': 0,
  'auth/authorization-server-migration': 1,
};

function maxLogins(name: string, { route }: ScenarioRun): number {
  return route === 'direct' ? (DIRECT_LOGINS[name] ?? MAX_LOGINS) : MAX_LOGINS;
}

async function enter(door: Door, revision: string, maximum: number): Promise<void> {
  for (let logins = 0; ; logins += 1) {
    try {
      return await useTools(door, revision);
    } catch (error) {
      if (logins === maximum || !door.asksForLogin(error)) throw error;
      await door.logIn();
    }
  }
}

async function useTools(door: Door, revision: string): Promise<void> {
  const mode = revision >= '2026-07-28' ? { pin: revision } : 'legacy';
  const client = new Client({ name: 'conformance-client', version: '1.0.0' }, { versionNegotiation: { mode } });
  try {
    await client.connect(await door.open());
    for (const { name } of (await client.listTools()).tools) await client.callTool({ name, arguments: {} });
  } finally {
    await client.close();
  }
}

function doorTo(name: string, { route, serverUrl, context }: ScenarioRun): Promise<Door> {
  const clientId = context['client_id'] ?? (name === 'auth/basic-cimd' ? CLIENT_DOCUMENT : undefined);
  const oauth = { clientId, clientSecret: context['client_secret'] };
  const definition = { type: 'http', url: serverUrl, oauth } as const;
  if (route === 'direct') return Promise.resolve(directDoor(serverUrl, oauth));
  return route === 'http' ? httpDoor(definition) : stdioDoor(definition);
}

/**
 * The gateway says what a person has to do. While it negotiates a revision, the SDK's client keeps to itself what it was told; a login
 * that was not the reason changes nothing.
 */
const asksForLogin = (error: unknown): boolean =>
  error instanceof Error && /A person has to run|Version negotiation failed/.test(error.message);

async function httpDoor(definition: Definition): Promise<Door> {
  const gateway = await startHttpGateway(definition);
  const requestInit = { headers: { authorization: `Bearer ${gateway.token}` } };
  return {
    open: () => Promise.resolve(new StreamableHTTPClientTransport(gateway.url, { requestInit })),
    asksForLogin,
    logIn: () => gateway.logIn(agree),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

async function stdioDoor(definition: Definition): Promise<Door> {
  const folder = await GatewayFolder.create(definition);
  const args = folder.arguments('--stdio');
  return {
    open: () => Promise.resolve(new StdioClientTransport({ command: process.execPath, args: [...args] })),
    asksForLogin,
    logIn: () => folder.logIn(agree),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Opens a login page as a browser does, up to where it leads in the end. */
async function agree(page: string): Promise<void> {
  await fetch(page);
}

function directDoor(serverUrl: string, credentials: Credentials): Door {
  const person = new Person(credentials);
  let transport: StreamableHTTPClientTransport | undefined;
  return {
    open: () => {
      transport = new StreamableHTTPClientTransport(new URL(serverUrl), { authProvider: person });
      return Promise.resolve(transport);
    },
    asksForLogin: (error) => error instanceof UnauthorizedError,
    logIn: async () => transport?.finishAuth(person.answer),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

interface Credentials {
  readonly clientId: unknown;
  readonly clientSecret: unknown;
}

/** What the SDK's own client needs for a login: a memory, and somebody who agrees. */
class Person implements OAuthClientProvider {
  readonly redirectUrl = 'http://localhost:3000/callback';
  readonly clientMetadata = { client_name: 'conformance-client', redirect_uris: [this.redirectUrl] };
  readonly clientMetadataUrl?: string;
  answer = new URLSearchParams();
  #client: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #verifier = '';
  #discovery: OAuthDiscoveryState | undefined;

  constructor({ clientId, clientSecret }: Credentials) {
    if (clientId === CLIENT_DOCUMENT) this.clientMetadataUrl = CLIENT_DOCUMENT;
    else if (typeof clientId === 'string' && typeof clientSecret === 'string')
      this.#client = { client_id: clientId, client_secret: clientSecret };
  }

  clientInformation(): OAuthClientInformationMixed | undefined {
    return this.#client;
  }

  saveClientInformation(client: OAuthClientInformationMixed): void {
    this.#client = client;
  }

  tokens(): OAuthTokens | undefined {
    return this.#tokens;
  }

  saveTokens(tokens: OAuthTokens): void {
    this.#tokens = tokens;
  }

  codeVerifier(): string {
    return this.#verifier;
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  discoveryState(): OAuthDiscoveryState | undefined {
    return this.#discovery;
  }

  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.#discovery = state;
  }

  invalidateCredentials(scope: 'all' | 'client' | 'tokens' | 'verifier' | 'discovery'): void {
    if (scope === 'all' || scope === 'client') this.#client = undefined;
    if (scope === 'all' || scope === 'tokens') this.#tokens = undefined;
    if (scope === 'all' || scope === 'discovery') this.#discovery = undefined;
  }

  async redirectToAuthorization(page: URL): Promise<void> {
    const response = await fetch(page, { redirect: 'manual' });
    const target = response.headers.get('location') ?? this.redirectUrl;
    this.answer = new URL(target, page).searchParams;
  }
}
