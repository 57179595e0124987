/** A real Redis or Valkey on loopback, with a port and a folder of its own. Machines without one skip what needs it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { makeFolder } from './folder.ts';
import { freePort, redisProgram } from './redisProgram.mts';

export const hasRedis = redisProgram !== undefined;

export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  readonly pid: number;
  /** What is written is there again after `start`. */
  kill(): Promise<void>;
  /** Resolves when it accepts connections. */
  start(): Promise<void>;
}

/** `settings`: arguments for the server, such as `--requirepass`, `x`; given the port that it is to listen on. */
export async function startRedis(settings: (port: number) => readonly string[] = plain): Promise<RedisServer> {
  const folder = await makeFolder();
  const port = await freePort();
  let child: ChildProcess | undefined;
  const server: RedisServer = {
    port,
    url: `redis://127.0.0.1:${String(port)}`,
    get pid() {
      return child?.pid ?? 0;
    },
    async start() {
      child = await launch(['--dir', folder.path, ...settings(port)]);
    },
    async kill() {
      if (!child) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      child = undefined;
    },
    async [Symbol.asyncDispose]() {
      await server.kill();
      await folder[Symbol.asyncDispose]();
    },
  };
  await server.start();
  return server;
}

function plain(port: number): readonly string[] {
  return ['--port', String(port)];
}

async function launch(settings: readonly string[]): Promise<ChildProcess> {
  const common = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
  const child = spawn(redisProgram ?? '', [...common, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (/ready to accept connections/i.test(line)) {
      child.stdout.resume();
      return child;
    }
  }
  throw new Error(`${path.basename(redisProgram ?? '')} did not start:\n${said.join('\n')}`);
}
