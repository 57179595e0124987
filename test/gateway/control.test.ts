/** The control channel, and the process around the gateway: how it is started, watched and stopped. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { runCommandLine } from '../../server/src/cli/run.ts';
import { startGateway } from '../../server/src/gateway/index.ts';
import type {
  ControlEvent,
  GatewayStatus,
  ListeningEvent,
  LogLine,
  ToolsReport,
} from '../../server/src/protocol/control.ts';
import { openState } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { collectingLog } from '../support/servers/log.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { cli } from './support/stdioClient.ts';
import { textOf } from './support/running.ts';

const controlToken = 'x'.repeat(43);
const policy = JSON.stringify({ version: '1', server: 'stub', default: 'deny', hide: ['hidden'], tools: { echo: {} } });
const launch = stubLaunch({ tools: ['echo', 'hidden', 'other'].map(stubTool) });

/** A workspace as VS Code has it. The server's command holds an input, which only the control channel answers. */
function workspace(files: Readonly<Record<string, string>> = {}): Promise<Folder> {
  const servers = { stub: { command: '${input:node}', args: launch.args } };
  const inputs = [{ type: 'promptString', id: 'node' }];
  return makeFolder({ '.vscode/mcp.json': JSON.stringify({ servers, inputs }), 'policy.json': policy, ...files });
}

interface Started extends Disposable {
  readonly child: ChildProcessWithoutNullStreams;
  readonly listening: Promise<ListeningEvent>;
  readonly exited: Promise<number | null>;
  readonly err: () => string;
}

function start(folder: Folder, args: readonly string[], hello?: unknown): Started {
  const quiet = '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON';
  const child = spawn(process.execPath, [quiet, cli, 'gateway', '--state', folder.file('state'), ...args], {
    cwd: folder.path,
    env: { ...process.env, HOME: folder.path },
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const listening = new Promise<ListeningEvent>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line) as ListeningEvent));
    void exited.then(() => reject(new Error(err)));
  });
  listening.catch(() => undefined);
  if (hello !== undefined) child.stdin.write(`${JSON.stringify(hello)}\n`);
  return { child, listening, exited, err: () => err, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

const controlled = ['--control', '--format', 'json'];
const hello = { controlToken, inputs: { node: process.execPath } };

test('a gateway that the editor starts: status, tools, events, and its end with the editor', async () => {
  await using folder = await workspace();
  using started = start(folder, controlled, hello);
  const { child, listening, exited } = started;
  const { port, servers, tokenFile } = await listening;
  const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/control/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${controlToken}` },
    });

  const events = eventsOf(await ask('events'));
  const token = readFileSync(tokenFile, 'utf8').trim();
  const client = new Client({ name: 'agent', version: '1' });
  const headers = { authorization: `Bearer ${token}` };
  await client.connect(
    new StreamableHTTPClientTransport(new URL(servers['stub']?.url ?? ''), { requestInit: { headers } }),
  );
  expect(textOf(await client.callTool({ name: 'other', arguments: {} }))).toContain('[POLICY DENIED]');
  const record = await next(events, (event) => event.event === 'record');
  expect(record).toMatchObject({
    record: { kind: 'decision', decision: 'deny', client: 'agent', tool: 'other', rule: '(default deny)' },
  });

  const status = (await (await ask('status')).json()) as GatewayStatus;
  expect(status).toMatchObject({
    pid: child.pid,
    port,
    servers: [{ name: 'stub', state: 'ready', tools: { listed: 3, shown: 2 } }],
  });
  const report = (await (await ask('tools?server=stub')).json()) as ToolsReport;
  expect(report.tools.map(({ name }) => name)).toEqual(['echo', 'hidden', 'other']);

  await folder.write('policy.json', '{ broken');
  const changed = await next(
    events,
    (event) => event.event === 'status' && event.status.servers[0]?.policy.problem !== undefined,
  );
  expect(changed).toMatchObject({
    status: { servers: [{ policy: { file: folder.file('policy.json'), inForce: expect.any(String) as string } }] },
  });

  await client.close();
  child.stdin.end();
  expect(await exited).toBe(0);
});

test('with --format json its log is one JSON object per line, with the level', async () => {
  await using folder = await workspace({ 'portcullis.json': '{ "audit": { "values": true }, "reload": "automatic" }' });
  using started = start(folder, controlled, hello);
  await started.listening;
  started.child.stdin.end();
  await started.exited;
  const lines = started.err().split('\n').slice(0, -1);
  const records = lines.map((line) => JSON.parse(line) as LogLine);
  expect(records).toContainEqual({ level: 'warn', message: expect.stringContaining('"reload"') as string });
  // Nobody shall find out later that they were.
  expect(records).toContainEqual({ level: 'info', message: expect.stringContaining('are kept') as string });
  expect(records).toContainEqual({
    level: 'info',
    message: 'Policy in force.',
    file: folder.file('policy.json'),
    hash: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
  });
});

test('POST /control/stop stops it', async () => {
  await using folder = await workspace();
  using started = start(folder, controlled, hello);
  const { child, listening, exited } = started;
  const { port } = await listening;
  const stop = { method: 'POST', headers: { authorization: `Bearer ${controlToken}` } };
  expect((await fetch(`http://127.0.0.1:${port}/control/stop`, stop)).status).toBe(204);
  expect(await exited).toBe(0);
  child.stdin.end();
});

test('SIGTERM stops it', async () => {
  await using folder = await workspace();
  using started = start(folder, ['--format', 'json'], hello);
  await started.listening;
  started.child.kill('SIGTERM');
  expect(await started.exited).toBe(0);
});

test('the port of last time is taken again, and a free one where another program has it', async () => {
  await using folder = await makeFolder();
  const common = { servers: [], version: 'test', log: collectingLog().log };
  await using stack = new AsyncDisposableStack();
  const open = async () => {
    const state = openState(folder.file('state'));
    const gateway = await startGateway({ ...common, state });
    stack.defer(() => gateway.close().then(() => state.close()));
    return gateway;
  };
  const first = await open();
  await first.close();
  expect((await open()).port).toBe(first.port);
  expect((await open()).port).not.toBe(first.port);
});

/** `portcullis gateway <args…>` in this process. */
async function run(folder: Folder, args: readonly string[], stdin = ''): Promise<{ code: number; err: string }> {
  let err = '';
  const code = await runCommandLine(['gateway', '--state', folder.file('state'), ...args], {
    out: () => undefined,
    err: (text) => (err += text),
    terminal: { colour: false },
    stdin: Readable.from([stdin]),
    cwd: folder.path,
    env: { HOME: folder.path },
    signal: new AbortController().signal,
  });
  return { code, err };
}

/** A port that another program listens on. */
async function takenPort(): Promise<AsyncDisposable & { readonly number: number }> {
  const squatter = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const { port } = squatter.address() as net.AddressInfo;
  return {
    number: port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void squatter.close(() => resolve())),
  };
}

describe('what is wrong is said before anything listens', () => {
  test.each([
    [
      'a server that is not configured',
      ['--server', 'none'],
      'No server "none" is configured. Configured are: "stub".',
    ],
    ['another host without a name for it', ['--host', '0.0.0.0'], '--allow-host'],
    ['a grant over HTTP', ['--grant', 'me'], '--stdio'],
    ['a command and an address', ['--url', 'http://127.0.0.1:1/', '--', 'node'], 'Name one server only'],
    ['a state folder that is a file', ['--state', 'policy.json'], 'policy.json'],
  ])('%s', async (_what, args, message) => {
    await using folder = await workspace();
    const { code, err } = await run(folder, args);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test('a port that was asked for and is in use', async () => {
    await using folder = await workspace();
    await using port = await takenPort();
    const { code, err } = await run(folder, ['--port', String(port.number)]);
    expect(err).toContain(`Port ${port.number} is in use by another program. Choose another with --port`);
    expect(code).toBe(2);
  });

  test('two policies that could be meant', async () => {
    await using folder = await workspace({ 'a.policy.json': policy, 'b.policy.json': policy });
    expect(await run(folder, [])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Several policies could be for "stub"') as string,
    });
  });

  test('a portcullis.json with a key that nobody knows: its restrictions are unknown', async () => {
    await using folder = await workspace({ 'portcullis.json': '{ "servers": { "stub": { "polcy": "x" } } }' });
    expect(await run(folder, [])).toMatchObject({ code: 2, err: expect.stringContaining('polcy') as string });
  });

  test('that nothing is enforced', async () => {
    const servers = { stub: { command: 'node', mode: 'observe' } };
    const settings = JSON.stringify({ servers });
    await using folder = await workspace({ 'portcullis.json': settings });
    await using port = await takenPort();
    const { code, err } = await run(folder, ['--port', String(port.number)]);
    expect(code).toBe(2);
    expect(err).toMatch(/"stub" is in observe mode: its policy is not enforced/);
  });

  test('a pattern for redaction that cannot be used', async () => {
    const servers = { stub: { command: 'node', redact: [{ regex: '(?=x)' }] } };
    await using folder = await workspace({ 'portcullis.json': JSON.stringify({ servers }) });
    const { code, err } = await run(folder, []);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('"stub": "redact": "(?=x)"') as string });
  });

  test.each(['{"controlToken":"short","inputs":{}}\n', '\n', ''])('a control line that is none: %j', async (line) => {
    await using folder = await workspace();
    expect(await run(folder, controlled, line)).toMatchObject({
      code: 2,
      err: expect.stringContaining('With --control') as string,
    });
  });
});

type Events = AsyncIterator<ControlEvent, undefined>;

async function* eventsOf(response: Response): AsyncGenerator<ControlEvent, undefined> {
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as ControlEvent;
  }
  return undefined;
}

async function next(events: Events, wanted: (event: ControlEvent) => boolean): Promise<ControlEvent> {
  for (;;) {
    const step = await events.next();
    if (step.done === true) throw new Error('The events ended.');
    if (wanted(step.value)) return step.value;
  }
}
