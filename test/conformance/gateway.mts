/** The real gateway as a process, in a folder of its own: a policy with rules in force, the audit log on. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ControlChannel } from '../../client/src/gateway/control.ts';
import { end, firstJsonLine, root, startNode } from './processes.mts';

/** A server definition, as portcullis.json takes it. */
export type Definition =
  | { readonly type: 'http' | 'sse'; readonly url: string; readonly oauth?: object }
  | { readonly command: string; readonly args: readonly string[] };

/** Lets every scenario's calls through, and has each of them looked at by every kind of rule. */
const policy = {
  version: '1',
  default: 'allow',
  hide: ['secret_*'],
  all_tools: {
    deny_if: [{ path: 'args.region', op: 'eq', value: 'forbidden' }],
    rate_limit: { max: 100_000, window: 60 },
    limits: [{ counter: 'calls', window: 'day', max: 1_000_000 }],
  },
  tools: {
    'delete_*': { action: 'deny' },
    'test_*': { deny_if: [{ path: 'args.prompt', op: 'regex', value: '(?i)password' }] },
  },
};

const SERVER = 'reference';

/** A folder with the gateway's configuration for one server; the arguments start the gateway in it. */
export class GatewayFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(folder: string) {
    this.path = folder;
  }

  static async create(definition: Definition): Promise<GatewayFolder> {
    const folder = new GatewayFolder(await mkdtemp(path.join(os.tmpdir(), 'portcullis-conformance-')));
    await folder.#write('policy.json', policy);
    await folder.#write('portcullis.json', { servers: { [SERVER]: { ...definition, policy: 'policy.json' } } });
    return folder;
  }

  /** Arguments for Node: the gateway over HTTP, or with `--stdio` among `options`. */
  arguments(...options: readonly string[]): readonly string[] {
    const bundle = path.join(root, 'dist/portcullis.js');
    return [bundle, 'gateway', '--folder', this.path, '--state', path.join(this.path, 'state'), ...options];
  }

  /** `portcullis login`; `agree` is given the address that it prints. Rejects when the login fails. */
  async logIn(agree: (page: string) => Promise<void>): Promise<void> {
    const [bundle = '', , ...options] = this.arguments();
    const child = startNode([bundle, 'login', SERVER, ...options], ['ignore', 'ignore', 'pipe']);
    let said = '';
    for await (const text of child.stderr?.setEncoding('utf8') ?? []) {
      said += String(text);
      const page = /^(https?:\S+)\n\n/m.exec(said)?.[1];
      if (page === undefined) continue;
      said = '';
      await agree(page);
    }
    if (child.exitCode === null) await once(child, 'exit');
    if (child.exitCode !== 0) throw new Error(said);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  async #write(name: string, content: unknown): Promise<void> {
    await writeFile(path.join(this.path, name), JSON.stringify(content));
  }
}

export interface HttpGateway extends AsyncDisposable {
  readonly url: URL;
  readonly token: string;
  /** Asks the gateway for a login, as an editor does. Rejects when it fails. */
  logIn(agree: (page: string) => Promise<void>): Promise<void>;
}

export async function startHttpGateway(definition: Definition): Promise<HttpGateway> {
  const folder = await GatewayFolder.create(definition);
  // With --control the gateway ends when its stdin closes: also when the suite kills a client that owns it.
  const child = startNode(folder.arguments('--format', 'json', '--control'));
  const controlToken = randomBytes(32).toString('base64url');
  child.stdin?.write(`${JSON.stringify({ controlToken, inputs: {} })}\n`);
  const listening = (await firstJsonLine(child)) as {
    readonly servers: Readonly<Record<string, { readonly url: string }>>;
    readonly tokenFile: string;
  };
  const token = await readFile(listening.tokenFile, 'utf8');
  const url = new URL(listening.servers[SERVER]?.url ?? '');
  return {
    url,
    token: token.trim(),
    logIn: (agree) => logIn(new ControlChannel(Number(url.port), controlToken), agree),
    async [Symbol.asyncDispose]() {
      await end(child);
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function logIn(channel: ControlChannel, agree: (page: string) => Promise<void>): Promise<void> {
  const end = new AbortController();
  const ended = new Promise<string | undefined>((resolve) => {
    void channel.follow((event) => event.event === 'login' && resolve(event.problem), end.signal);
  });
  try {
    const { url, problem } = await channel.login(SERVER);
    if (url === undefined) throw new Error(problem);
    await agree(url);
    const failure = await ended;
    if (failure !== undefined) throw new Error(failure);
  } finally {
    end.abort();
  }
}
