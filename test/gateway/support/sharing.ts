/** Gateways as processes that may share one server: each in front of the same stub, in one state folder. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { ControlEvent, ListeningEvent } from '../../../server/src/protocol/control.ts';
import { bundle } from '../../support/cli.ts';
import type { Folder } from '../../support/folder.ts';
import { received, stubLaunch, type StubOptions } from '../../support/servers/start.ts';
import { CONTROL_TOKEN } from './running.ts';

/** What all gateways of a folder are started with, so that they serve the same server in the same way. */
export interface Site {
  readonly folder: Folder;
  readonly server?: StubOptions;
}

/** Options and server of `portcullis gateway`, after which come options of the one gateway. */
export function siteArgs({ folder, server }: Site, own: readonly string[]): readonly string[] {
  const { command, args } = stubLaunch({ ...server, record: folder.file('received') });
  const place = ['--folder', folder.path, '--state', folder.file('state'), '--policy', folder.file('policy.json')];
  return [bundle, 'gateway', ...place, ...own, '--', command, ...args];
}

/** How often the server was started: each process is greeted once. */
export const starts = ({ folder }: Site): number =>
  received(folder.file('received')).filter(({ method }) => method === 'initialize').length;

export const callsThatArrived = ({ folder }: Site): readonly unknown[] =>
  received(folder.file('received')).flatMap(({ method, params }) =>
    method === 'tools/call' ? [params?.['name']] : [],
  );

export interface Window extends AsyncDisposable {
  readonly pid: number;
  readonly listening: ListeningEvent;
  /** Events of the control channel, as the panel gets them. */
  readonly events: readonly ControlEvent[];
  /** Resolves when it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** A gateway over HTTP, started as the extension starts it. */
export async function openWindow(site: Site, own: readonly string[] = []): Promise<Window> {
  const child = spawn(process.execPath, [...siteArgs(site, ['--control', '--format', 'json', ...own])], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify({ controlToken: CONTROL_TOKEN, inputs: {} })}\n`);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
  });
  const listening = JSON.parse(line) as ListeningEvent;
  const events: ControlEvent[] = [];
  void follow(listening.port, events);
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  return { pid: child.pid ?? 0, listening, events, kill, [Symbol.asyncDispose]: () => kill('SIGTERM') };
}

async function follow(port: number, events: ControlEvent[]): Promise<void> {
  const headers = { authorization: `Bearer ${CONTROL_TOKEN}` };
  try {
    const response = await fetch(`http://127.0.0.1:${port}/control/events`, { headers });
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      events.push(...lines.map((each) => JSON.parse(each) as ControlEvent));
    }
  } catch {
    // The window was closed.
  }
}

export interface Agent extends AsyncDisposable {
  readonly client: Client;
  readonly pid: number;
  readonly err: () => string;
}

/** An agent whose configuration starts a gateway on stdio; `prepare` may install handlers before it connects. */
export async function startAgent(
  site: Site,
  own: readonly string[] = [],
  prepare: (client: Client) => void = () => undefined,
): Promise<Agent> {
  const client = new Client({ name: 'agent', version: '1' });
  prepare(client);
  const args = [...siteArgs(site, ['--stdio', ...own])];
  const transport = new StdioClientTransport({ command: process.execPath, args, stderr: 'pipe' });
  let err = '';
  transport.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await client.connect(transport);
  return { client, pid: transport.pid ?? 0, err: () => err, [Symbol.asyncDispose]: () => client.close() };
}
