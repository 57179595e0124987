/** Clients and servers of both eras meet across the gateway, for every pair of transports: what maps one to one works, a policy holds in each. */
import type { Client } from '@modelcontextprotocol/client';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Launch } from '../../server/src/mcp/definition.ts';
import type { Era } from '../../server/src/mcp/revision.ts';
import { makeFolder } from '../support/folder.ts';
import { eraLaunch, startEraServer } from '../support/servers/start.ts';
import { eraClient, httpTransport, pipeGateway } from './support/eraClient.ts';
import { runGateway, textOf } from './support/running.ts';

const policy = { version: '1', default: 'allow', hide: ['hidden'], tools: { denied: { action: 'deny' } } };

/** The modern era has no `logging/setLevel`: a request says for itself what it wants to hear. */
const LOG_LEVEL = 'io.modelcontextprotocol/logLevel';

interface Meeting {
  readonly client: Era;
  readonly face: 'http' | 'stdio';
  readonly upstream: 'http' | 'stdio';
  readonly server: Era | 'both';
}

const meetings: Meeting[] = (['modern', 'legacy'] as const).flatMap((client) =>
  (['http', 'stdio'] as const).flatMap((face) =>
    (['http', 'stdio'] as const).flatMap((upstream) =>
      (['modern', 'legacy'] as const).map((server) => ({ client, face, upstream, server })),
    ),
  ),
);
const dual: Meeting[] = [
  { client: 'modern', face: 'http', upstream: 'stdio', server: 'both' },
  { client: 'legacy', face: 'http', upstream: 'stdio', server: 'both' },
  { client: 'modern', face: 'http', upstream: 'http', server: 'both' },
];

describe.each([...meetings, ...dual])('$client over $face → $upstream to $server', (meeting) => {
  const resources = new AsyncDisposableStack();
  let client: Client;
  let writePolicy: (policy: unknown) => Promise<void>;
  let record: string;
  const progress: unknown[] = [];
  const heard = { tools: 0, logs: 0, resources: 0 };

  beforeAll(async () => {
    const folder = resources.use(await makeFolder());
    record = folder.file('record');
    const launch = await launchOf(meeting, record, resources);
    const capabilities = { elicitation: {} };
    const options = { era: meeting.client, capabilities, prepare };
    if (meeting.face === 'http') {
      const running = resources.use(await runGateway(launch, { policy }));
      writePolicy = (changed) => running.writePolicy(changed);
      client = await eraClient(httpTransport(running), options);
    } else {
      const piped = resources.use(await pipeGateway(launch, policy));
      writePolicy = (changed) => piped.writePolicy(changed);
      client = await eraClient(piped.transport, options);
    }
    resources.defer(() => client.close());
  });
  afterAll(() => resources.disposeAsync());

  function prepare(each: Client): void {
    each.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { name: 'Ann' } }));
    each.setNotificationHandler('notifications/tools/list_changed', () => void (heard.tools += 1));
    each.setNotificationHandler('notifications/resources/updated', () => void (heard.resources += 1));
    each.setNotificationHandler('notifications/message', () => void (heard.logs += 1));
  }

  const did = (): readonly string[] => (existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : []);

  test('the list is there, without what is hidden', async () => {
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('echo');
    expect(names).not.toContain('hidden');
    expect(client.getServerVersion()?.name).toBe('era-server');
    expect(client.getInstructions()).toBe('Be kind.');
  });

  test('a call is answered, one that the policy denies is not sent', async () => {
    expect(textOf(await client.callTool({ name: 'echo', arguments: { message: 'hello' } }))).toBe('Echo: hello');
    for (const name of ['denied', 'hidden']) {
      const refused = await client.callTool({ name, arguments: {} });
      expect(refused.isError).toBe(true);
      expect(textOf(refused)).toContain('[POLICY DENIED]');
    }
    expect(did()).not.toContain('denied');
    expect(did()).not.toContain('hidden');
  });

  test('progress arrives in order', async () => {
    await client.callTool(
      { name: 'steps', arguments: {} },
      { onprogress: (each) => void progress.push(each.progress) },
    );
    expect(progress).toEqual([1, 2, 3]);
  });

  test('what the server logs in a call is heard by a client that asked for it', async () => {
    if (meeting.client === 'legacy') await client.setLoggingLevel('info');
    heard.logs = 0;
    const asking = meeting.client === 'modern' ? { _meta: { [LOG_LEVEL]: 'info' } } : {};
    expect(textOf(await client.callTool({ name: 'log', arguments: {}, ...asking }))).toBe('logged');
    await vi.waitFor(() => expect(heard.logs).toBe(1), { timeout: 10_000 });
  });

  test('a cancelled call is cancelled at the server', async () => {
    const cancel = new AbortController();
    const call = client.callTool(
      { name: 'wait', arguments: {} },
      { signal: cancel.signal, onprogress: () => cancel.abort('enough') },
    );
    await expect(call).rejects.toThrow('enough');
    await vi.waitFor(() => expect(did()).toContain('cancelled'), { timeout: 10_000 });
  });

  test('resources and prompts are read', async () => {
    expect((await client.readResource({ uri: 'test://watched' })).contents[0]).toMatchObject({ text: 'seen' });
    expect((await client.listResources()).resources).toHaveLength(1);
    const { messages } = await client.getPrompt({ name: 'greet' });
    expect(JSON.stringify(messages)).toContain('Hello');
  });

  test('what the server asks in a call is answered by the client, where both can', async () => {
    const asked = client.callTool({ name: 'ask', arguments: { message: 'Who?' } });
    if (meeting.client === 'modern' && meeting.server === 'legacy') {
      expect((await asked).isError).toBe(true);
      return;
    }
    expect(textOf(await asked)).toBe('Answer: accept {"name":"Ann"}');
  });

  test('arguments that travel in headers, too, arrive', async () => {
    const args = { region: 'Zürich', count: 3 };
    const result = await client.callTool({ name: 'mirrored', arguments: args });
    expect(JSON.parse(textOf(result))).toEqual(args);
  });

  test('changes are told: by the server, and when an edit of the policy makes them', async () => {
    await using listening = await listen(client, meeting.client);
    expect(listening).toBeDefined();
    await client.callTool({ name: 'change', arguments: {} });
    await vi.waitFor(() => expect(heard.tools).toBeGreaterThan(0), { timeout: 10_000 });
    await vi.waitFor(() => expect(heard.resources).toBeGreaterThan(0), { timeout: 10_000 });
    heard.tools = 0;
    await writePolicy({ ...policy, hide: ['hidden', 'steps'] });
    await vi.waitFor(() => expect(heard.tools).toBeGreaterThan(0), { timeout: 10_000 });
    expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain('steps');
  });
});

async function listen(client: Client, era: Era): Promise<AsyncDisposable> {
  if (era === 'modern') {
    const stream = await client.listen({ toolsListChanged: true, resourceSubscriptions: ['test://watched'] });
    return { [Symbol.asyncDispose]: () => stream.close() };
  }
  await client.subscribeResource({ uri: 'test://watched' });
  return { [Symbol.asyncDispose]: async () => void (await client.unsubscribeResource({ uri: 'test://watched' })) };
}

async function launchOf(
  { upstream, server }: Meeting,
  record: string,
  resources: AsyncDisposableStack,
): Promise<Launch> {
  if (upstream === 'stdio') return eraLaunch({ eras: server, record });
  const started = await startEraServer({ eras: server, record });
  resources.defer(() => started.stop());
  return started.launch;
}
