/** The gateway as a target: its own process, with a policy of two conditions, a limit and `hide`, and with its log on. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, redisProgram } from '../../support/redisProgram.mts';
import { httpWire } from './client/http.mts';
import { DIRECT_HTTP, DIRECT_STDIO, NULL_PROXY, NULL_RELAY, overStdio, stdioServer } from './targets.mts';
import type { Running, Stage, Target } from './targets.mts';

const gateway = path.resolve(import.meta.dirname, '../../../dist/portcullis.js');

const policy = {
  version: '1',
  default: 'deny',
  hide: ['tool_70*', 'tool_71*', 'tool_72*', 'tool_73*'],
  tools: {
    'tool_*': {
      require: [{ path: 'args.path', op: 'regex', value: '^/notes/[0-9]+/' }],
      deny_if: [{ path: 'args.size', op: 'gt', value: 1_000_000 }],
      limits: [{ counter: 'calls', window: 'day', max: 1_000_000_000 }],
    },
  },
};

type Durability = 'process' | 'power';

export const portcullisTargets: readonly Target[] = [
  http('portcullis http>http', { upstream: 'http', durability: 'process' }, NULL_PROXY),
  http('portcullis http>http, power', { upstream: 'http', durability: 'power' }, NULL_PROXY),
  ...(redisProgram === undefined
    ? []
    : [
        http('portcullis http>http, redis', { upstream: 'http', durability: 'process', redis: 'everysec' }, NULL_PROXY),
        http(
          'portcullis http>http, redis always',
          { upstream: 'http', durability: 'process', redis: 'always' },
          NULL_PROXY,
        ),
      ]),
  http('portcullis http>stdio', { upstream: 'stdio', durability: 'process' }),
  {
    name: 'portcullis stdio>stdio',
    direct: DIRECT_STDIO,
    floor: NULL_RELAY,
    open: (stage) => openStdio(stage, 'stdio'),
  },
  { name: 'portcullis stdio>http', direct: DIRECT_HTTP, open: (stage) => openStdio(stage, 'http') },
];

interface Setting {
  readonly upstream: 'http' | 'stdio';
  readonly durability: Durability;
  /** Limits are counted in a Redis on this machine, which writes its log to the disk so often. */
  readonly redis?: 'everysec' | 'always';
}

function http(name: string, setting: Setting, floor?: string): Target {
  return {
    name,
    direct: DIRECT_HTTP,
    ...(floor === undefined ? {} : { floor }),
    open: (stage) => openHttp(stage, setting),
  };
}

async function openHttp(stage: Stage, setting: Setting): Promise<Running> {
  const folder = await writeFolder(stage, setting);
  const args = [gateway, 'gateway', ...optionsFor(folder), '--port', '0', '--format', 'json'];
  const between =
    setting.redis === undefined
      ? stage.processes.start(args)
      : stage.processes.start([...args, '--shared-state-env', 'BENCH_REDIS'], {
          BENCH_REDIS: await openRedis(stage, folder, setting.redis),
          PORTCULLIS_SHARED_KEY: 'of all gateways in this benchmark',
        });
  const { servers } = await between.firstLine<{ servers: { bench: { url: string } } }>();
  const token = (await readFile(path.join(folder, 'state', 'local.token'), 'utf8')).trim();
  return { between, wire: httpWire(new URL(servers.bench.url), { authorization: `Bearer ${token}` }) };
}

/** Its address. */
async function openRedis({ processes }: Stage, folder: string, fsync: 'everysec' | 'always'): Promise<string> {
  const port = await freePort();
  const log = ['--save', '', '--appendonly', 'yes', '--appendfsync', fsync];
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, ...log];
  const server = processes.start(args, {}, redisProgram);
  server.child.stdout.resume();
  await server.listening(port);
  return `redis://127.0.0.1:${String(port)}`;
}

async function openStdio(stage: Stage, upstream: 'http' | 'stdio'): Promise<Running> {
  const folder = await writeFolder(stage, { upstream, durability: 'process' });
  return overStdio(stage, [gateway, 'gateway', '--stdio', ...optionsFor(folder)]);
}

function optionsFor(folder: string): readonly string[] {
  return ['--server', 'bench', '--folder', folder, '--state', path.join(folder, 'state')];
}

/** Stays behind in the system's folder for temporary files: it holds the log of the run. */
async function writeFolder({ upstream }: Stage, setting: Setting): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'portcullis-bench-'));
  const launch =
    setting.upstream === 'http'
      ? { type: 'http', url: upstream.href }
      : { command: process.execPath, args: stdioServer };
  const config = {
    servers: { bench: { ...launch, policy: 'policy.json' } },
    audit: { durability: setting.durability },
  };
  await writeFile(path.join(folder, 'portcullis.json'), JSON.stringify(config));
  await writeFile(path.join(folder, 'policy.json'), JSON.stringify(policy));
  return folder;
}
