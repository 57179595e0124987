/** Connects the client under test: straight to the scenario's server, or through a gateway of its own on either face. */
import {
  Client,
  StreamableHTTPClientTransport,
  type ClientOptions,
  type Transport,
} from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { GatewayFolder, startHttpGateway } from '../gateway.mts';

/** How the client reaches the server: not through a gateway at all, or through the gateway's face of that name. */
export type Route = 'direct' | 'http' | 'stdio';

/** What the suite has set up for its client. */
export interface ScenarioRun {
  readonly route: Route;
  readonly serverUrl: string;
  /** The revision to speak, for example `2026-07-28`. */
  readonly revision: string;
  /** What the scenario tells its client, for example calls to make or credentials to use. */
  readonly context: Readonly<Record<string, unknown>>;
}

export interface Connection extends AsyncDisposable {
  readonly client: Client;
}

/** `prepare` may install handlers before the handshake. */
export async function connect(
  route: Route,
  serverUrl: string,
  options: ClientOptions,
  prepare: (client: Client) => void = () => undefined,
): Promise<Connection> {
  const client = new Client({ name: 'conformance-client', version: '1.0.0' }, options);
  prepare(client);
  const stack = new AsyncDisposableStack();
  try {
    const transport = await openTransport(route, serverUrl, stack);
    stack.defer(() => client.close());
    await client.connect(transport);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
  return { client, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function openTransport(route: Route, serverUrl: string, stack: AsyncDisposableStack): Promise<Transport> {
  if (route === 'direct') return new StreamableHTTPClientTransport(new URL(serverUrl));
  const definition = { type: 'http', url: serverUrl } as const;
  if (route === 'stdio') {
    const folder = stack.use(await GatewayFolder.create(definition));
    return new StdioClientTransport({ command: process.execPath, args: [...folder.arguments('--stdio')] });
  }
  const { url, token } = stack.use(await startHttpGateway(definition));
  return new StreamableHTTPClientTransport(url, { requestInit: { headers: { authorization: `Bearer ${token}` } } });
}
