/** The real gateway as a process, in a folder of its own: a policy with rules in force, the audit log on. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { end, firstJsonLine, root, startNode } from './processes.mts';

/** A server definition, as portcullis.json takes it. */
export type Definition =
  | { readonly type: 'http' | 'sse'; readonly url: string }
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
}

export async function startHttpGateway(definition: Definition): Promise<HttpGateway> {
  const folder = await GatewayFolder.create(definition);
  // With --control the gateway ends when its stdin closes: also when the suite kills a client that owns it.
  const child = startNode(folder.arguments('--format', 'json', '--control'));
  child.stdin?.write(`${JSON.stringify({ controlToken: randomBytes(32).toString('base64url'), inputs: {} })}\n`);
  const listening = (await firstJsonLine(child)) as {
    readonly servers: Readonly<Record<string, { readonly url: string }>>;
    readonly tokenFile: string;
  };
  const token = await readFile(listening.tokenFile, 'utf8');
  return {
    url: new URL(listening.servers[SERVER]?.url ?? ''),
    token: token.trim(),
    async [Symbol.asyncDispose]() {
      await end(child);
      await folder[Symbol.asyncDispose]();
    },
  };
}
