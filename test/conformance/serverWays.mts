/** The server scenarios: the reference server alone, and with the gateway before it, for each pair of transports. */
import path from 'node:path';
import { startInjector } from './faces/injector.mts';
import type { Face } from './faces/listen.mts';
import { startStdioHarness } from './faces/stdioHarness.mts';
import { GatewayFolder, startHttpGateway, type Definition } from './gateway.mts';
import { end, firstJsonLine, root, startNode } from './processes.mts';
import { runSuite, type Results } from './suite.mts';
import type { Way } from './way.mts';

const reference = path.join(root, 'test/conformance/reference/server.mts');
const overStdio: Definition = { command: process.execPath, args: [reference, '--stdio'] };

const DIRECT_HTTP = 'direct HTTP';
const DIRECT_STDIO = 'direct stdio';

/** They ask how a server streams its answers over HTTP. One that does not speak streamable HTTP has no stream to keep or to break off. */
const streaming: ReadonlySet<string> = new Set(['server-sse-polling', 'server-sse-streams-functional']);

const rebinding = ['dns-rebinding-protection'];

/** Opens the address that the suite is pointed at; what it opens on the way is ended with the stack. */
type Opening = (stack: AsyncDisposableStack) => Promise<Face>;

export const serverWays: readonly Way[] = [
  way(DIRECT_HTTP, () => startReference()),
  way('HTTP → HTTP', async (stack) => httpFace(await overHttp(stack), stack), { against: DIRECT_HTTP }),
  way('HTTP → stdio', (stack) => httpFace(overStdio, stack), { against: DIRECT_HTTP, inapplicable: streaming }),
  way('HTTP → SSE', async (stack) => httpFace(await overSse(stack), stack), {
    against: DIRECT_HTTP,
    inapplicable: streaming,
    revision: '2025-11-25',
  }),
  way(DIRECT_STDIO, () => startStdioHarness(() => startNode([reference, '--stdio']))),
  way('stdio → HTTP', async (stack) => stdioFace(await overHttp(stack), stack), {
    against: DIRECT_STDIO,
    inapplicable: streaming,
  }),
  way('stdio → stdio', (stack) => stdioFace(overStdio, stack), { against: DIRECT_STDIO, inapplicable: streaming }),
  way('direct, any Host', () => startReference('--unguarded'), { only: rebinding }),
  way('HTTP → HTTP, any Host', async (stack) => httpFace(await overHttp(stack, '--unguarded'), stack), {
    against: DIRECT_HTTP,
    only: rebinding,
  }),
];

function way(title: string, open: Opening, about: Omit<Way, 'title' | 'run'> = {}): Way {
  return {
    title,
    ...about,
    async run(revision, scenarios) {
      await using stack = new AsyncDisposableStack();
      const { url } = stack.use(await open(stack));
      return withoutTasks(await runSuite({ role: 'server', address: url }, revision, scenarios));
    },
  };
}

/** Tasks are an extension that the reference server does not offer: nothing passes directly, so nothing can be compared. */
function withoutTasks(results: Results): Results {
  return new Map([...results].filter(([scenario]) => !scenario.startsWith('tasks-')));
}

async function startReference(...options: readonly string[]): Promise<Face> {
  const child = startNode([reference, ...options]);
  const { port } = await firstJsonLine(child);
  return { url: `http://127.0.0.1:${String(port)}/mcp`, [Symbol.asyncDispose]: () => end(child) };
}

async function overHttp(stack: AsyncDisposableStack, ...options: readonly string[]): Promise<Definition> {
  const { url } = stack.use(await startReference(...options));
  return { type: 'http', url };
}

async function overSse(stack: AsyncDisposableStack): Promise<Definition> {
  const { url } = stack.use(await startReference());
  return { type: 'sse', url: new URL('/sse', url).href };
}

async function httpFace(definition: Definition, stack: AsyncDisposableStack): Promise<Face> {
  const { url, token } = stack.use(await startHttpGateway(definition));
  return startInjector(url, token);
}

async function stdioFace(definition: Definition, stack: AsyncDisposableStack): Promise<Face> {
  const folder = stack.use(await GatewayFolder.create(definition));
  return startStdioHarness(() => startNode(folder.arguments('--stdio')));
}
