/** All that the protocol has crosses the gateway unchanged, between the SDK's client and the reference server, for every pair of transports. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Launch } from '../../server/src/mcp/definition.ts';
import { makeFolder } from '../support/folder.ts';
import { realLaunch, startEverything } from '../support/servers/start.ts';
import { runGateway, textOf } from './support/running.ts';
import { stdioClient } from './support/stdioClient.ts';

const policy = { version: '1', default: 'allow', hide: ['get-env'] };

const capabilities = { sampling: {}, elicitation: {}, roots: { listChanged: true } };

/** What a person at the client would do. */
function answerServer(client: Client): void {
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    model: 'test-model',
    role: 'assistant' as const,
    content: { type: 'text' as const, text: 'sampled words' },
  }));
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept' as const, content: { name: 'Ann' } }));
  client.setRequestHandler(ListRootsRequestSchema, () => ({
    roots: [{ uri: 'file:///somewhere', name: 'somewhere' }],
  }));
}

interface Pair {
  readonly name: string;
  readonly upstream: 'stdio' | 'http' | 'sse';
  readonly face: 'stdio' | 'http';
  readonly withTasks?: boolean;
}

const pairs: readonly Pair[] = [
  { name: 'HTTP → stdio', face: 'http', upstream: 'stdio', withTasks: true },
  { name: 'HTTP → HTTP', face: 'http', upstream: 'http' },
  { name: 'HTTP → legacy SSE', face: 'http', upstream: 'sse' },
  { name: 'stdio → stdio', face: 'stdio', upstream: 'stdio' },
  { name: 'stdio → HTTP', face: 'stdio', upstream: 'http', withTasks: true },
];

describe.each(pairs)('$name', ({ face, upstream, withTasks }) => {
  const resources = new AsyncDisposableStack();
  let client: Client;

  beforeAll(async () => {
    const launch = await launchOf(upstream, resources);
    client = await connect(face, launch, resources);
  });
  afterAll(() => resources.disposeAsync());

  test('tools: all but the hidden one, those for capable clients among them', async () => {
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('trigger-sampling-request');
    expect(names).toContain('get-roots-list');
    expect(names).not.toContain('get-env');
    expect(names).toHaveLength(15);
  });

  test('calls and structured content', async () => {
    const echoed = await client.callTool({ name: 'echo', arguments: { message: 'hello' } });
    expect(textOf(echoed)).toBe('Echo: hello');
    const structured = await client.callTool({ name: 'get-structured-content', arguments: { location: 'Chicago' } });
    expect(structured.structuredContent).toMatchObject({ conditions: expect.any(String) as string });
  });

  test('progress, all of it and in order', async () => {
    const arrived = progressArriving(client);
    const args = { name: 'trigger-long-running-operation', arguments: { duration: 0.4, steps: 4 } };
    await client.callTool(args, undefined, { onprogress: () => undefined });
    expect(arrived).toEqual([1, 2, 3, 4]);
  });

  test('sampling, elicitation and roots: the server asks the client', async () => {
    const sampled = await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'hi' } });
    expect(textOf(sampled)).toContain('sampled words');
    const elicited = await client.callTool({ name: 'trigger-elicitation-request', arguments: {} });
    expect(textOf(elicited)).toContain('Ann');
    const roots = await client.callTool({ name: 'get-roots-list', arguments: {} });
    expect(textOf(roots)).toContain('file:///somewhere');
  });

  test('resources, their templates and subscriptions', async () => {
    const { resources: listed } = await client.listResources();
    const uri = listed[0]?.uri ?? '';
    expect((await client.readResource({ uri })).contents[0]).toMatchObject({ uri });
    expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(2);
    const updated = new Promise((resolve) =>
      client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => resolve(params.uri)),
    );
    await client.subscribeResource({ uri });
    await client.callTool({ name: 'toggle-subscriber-updates', arguments: {} });
    expect(await updated).toBe(uri);
    await client.callTool({ name: 'toggle-subscriber-updates', arguments: {} });
    await client.unsubscribeResource({ uri });
  });

  test('prompts and completion', async () => {
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toContain('args-prompt');
    const prompt = await client.getPrompt({ name: 'args-prompt', arguments: { city: 'Bonn' } });
    expect(JSON.stringify(prompt.messages)).toContain('Bonn');
    const ref = { type: 'ref/prompt' as const, name: 'completable-prompt' };
    const completed = await client.complete({ ref, argument: { name: 'department', value: 'E' } });
    expect(completed.completion.values).toContain('Engineering');
  });

  test('logging', async () => {
    await client.setLoggingLevel('debug');
    const logged = new Promise((resolve) =>
      client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => resolve(params.level)),
    );
    await client.callTool({ name: 'toggle-simulated-logging', arguments: {} });
    expect(await logged).toEqual(expect.any(String));
    await client.callTool({ name: 'toggle-simulated-logging', arguments: {} });
  });

  test('cancellation: the client gives up, and the next call works', async () => {
    const cancel = new AbortController();
    const long = { name: 'trigger-long-running-operation', arguments: { duration: 30, steps: 300 } };
    const onprogress = (): void => cancel.abort('enough');
    await expect(client.callTool(long, undefined, { signal: cancel.signal, onprogress })).rejects.toThrow('enough');
    expect(textOf(await client.callTool({ name: 'echo', arguments: { message: 'on' } }))).toBe('Echo: on');
  });

  // It takes the server four seconds, so not every pair shows it.
  if (!withTasks) return;
  test('a task that the server offers is started, awaited and its result fetched', async () => {
    const stream = client.experimental.tasks.callToolStream({
      name: 'simulate-research-query',
      arguments: { topic: 'gates' },
    });
    const kinds: string[] = [];
    for await (const message of stream) kinds.push(message.type);
    expect(kinds[0]).toBe('taskCreated');
    expect(kinds.at(-1)).toBe('result');
  });
});

/** Seen below the SDK's client, which forgets progress that it reads in one go with the answer. */
function progressArriving(client: Client): readonly unknown[] {
  const arrived: unknown[] = [];
  const { transport } = client;
  const deliver = transport?.onmessage;
  if (transport)
    transport.onmessage = (message, extra) => {
      if ('method' in message && message.method === 'notifications/progress')
        arrived.push(message.params?.['progress']);
      deliver?.(message, extra);
    };
  return arrived;
}

async function launchOf(upstream: Pair['upstream'], resources: AsyncDisposableStack): Promise<Launch> {
  if (upstream === 'stdio') return realLaunch('everything');
  const server = await startEverything(upstream);
  resources.defer(() => server.stop());
  return server.launch;
}

async function connect(face: Pair['face'], launch: Launch, resources: AsyncDisposableStack): Promise<Client> {
  const options = { capabilities };
  if (face === 'http') {
    const running = resources.use(await runGateway(launch, { policy }));
    const client = await running.client(options, answerServer);
    return client;
  }
  const folder = resources.use(await makeFolder({ 'policy.json': JSON.stringify(policy) }));
  const target = launch.kind === 'stdio' ? ['--', launch.command, ...launch.args] : ['--url', launch.url];
  const args = ['--policy', folder.file('policy.json'), '--state', folder.file('state'), ...target];
  const client = await stdioClient(args, options, answerServer);
  resources.defer(() => client.close());
  return client;
}
