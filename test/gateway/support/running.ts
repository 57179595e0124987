/** Starts a gateway with real state in a folder of its own, in front of the given server, and connects real clients to it. */
import { Client, type ClientOptions } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { readFileSync } from 'node:fs';
import { startGateway, type Gateway, type HttpGatewayOptions } from '../../../server/src/gateway/index.ts';
import type { Launch, ServerSettings } from '../../../server/src/mcp/definition.ts';
import { openTransport } from '../../../server/src/mcp/index.ts';
import type { AuditRecord, DecisionRecord, OutcomeRecord } from '../../../server/src/protocol/audit.ts';
import { openState, type EmbeddedState, type State } from '../../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../../support/folder.ts';
import { collectingLog, type LogEntry } from '../../support/servers/log.ts';

export const CONTROL_TOKEN = 'control-token-of-the-tests-0123456789abcdefgh';

export interface TestGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly folder: Folder;
  readonly state: EmbeddedState;
  readonly url: URL;
  readonly token: string;
  readonly log: readonly LogEntry[];
  readonly policyFile: string;
  /** Replaces the policy as an editor does: by writing the file. */
  writePolicy(policy: unknown): Promise<void>;
  /** An MCP client of the SDK, connected over HTTP; `prepare` may install handlers before. */
  client(options?: ClientOptions, prepare?: (client: Client) => void): Promise<Client>;
  decisions(): readonly DecisionRecord[];
  outcomes(): readonly OutcomeRecord[];
}

export interface TestGatewayOptions extends Partial<
  Pick<
    HttpGatewayOptions,
    | 'accepted'
    | 'lock'
    | 'keepsValues'
    | 'clock'
    | 'approver'
    | 'approvalTiming'
    | 'shellDecides'
    | 'allowedHosts'
    | 'port'
    | 'host'
  >
> {
  /** A value is written as JSON, a string as it is; `undefined`: there is no such file. */
  readonly policy: unknown;
  readonly settings?: Partial<ServerSettings>;
  readonly server?: string;
  /** Further servers by name, under the same policy file. */
  readonly others?: Readonly<Record<string, Launch>>;
  /** Where policy and state are, when they outlive the gateway; else a folder of its own. */
  readonly folder?: Folder;
  /** Stands in for parts of the state, to make them fail. */
  readonly wrapState?: (state: EmbeddedState) => State | Promise<State>;
  /** Of the state, in the folder; one for each gateway that is on a machine of its own. */
  readonly stateName?: string;
}

export const settings: ServerSettings = { mode: 'enforce', methods: {}, timeout: 60 };

export async function runGateway(launch: Launch, options: TestGatewayOptions): Promise<TestGateway> {
  const folder = options.folder ?? (await makeFolder());
  const policyFile = folder.file('policy.json');
  const writePolicy = async (policy: unknown): Promise<void> => {
    await folder.write('policy.json', typeof policy === 'string' ? policy : JSON.stringify(policy));
  };
  if (options.policy !== undefined) await writePolicy(options.policy);
  const { log, entries } = collectingLog();
  const { stateName = 'state' } = options;
  const state = openState(folder.file(stateName), { log, ...(options.clock ? { clock: options.clock } : {}) });
  const used = (await options.wrapState?.(state)) ?? state;
  const name = options.server ?? 'main';
  const gateway = await startGateway({
    servers: Object.entries({ [name]: launch, ...options.others }).map(([each, to]) => ({
      name: each,
      definition: 'as-defined',
      settings: { ...settings, ...options.settings },
      policyFile,
      openTransport: () => Promise.resolve(openTransport(to, { log, grace: 500 })),
    })),
    state: used,
    version: 'test',
    log,
    controlToken: CONTROL_TOKEN,
    ...options,
  });
  const token = readFileSync(folder.file(`${stateName}/local.token`), 'utf8').trim();
  const url = new URL(gateway.urls[name] ?? '');
  const clients: Client[] = [];
  return {
    gateway,
    folder,
    state,
    url,
    token,
    log: entries,
    policyFile,
    writePolicy,
    async client(clientOptions = {}, prepare = () => undefined) {
      const client = new Client({ name: 'test-client', version: '1' }, clientOptions);
      prepare(client);
      await client.connect(
        new StreamableHTTPClientTransport(url, { requestInit: { headers: { authorization: `Bearer ${token}` } } }),
      );
      clients.push(client);
      return client;
    },
    decisions: () => recordsOf(state).filter((record) => record.kind === 'decision'),
    outcomes: () => recordsOf(state).filter((record) => record.kind === 'outcome'),
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.close()));
      await gateway.close();
      await used.close();
      if (options.folder === undefined) await folder[Symbol.asyncDispose]();
    },
  };
}

function recordsOf(state: State): readonly AuditRecord[] {
  return state.audit.read({});
}

/** The text of a tool result. */
export function textOf(result: unknown): string {
  const { content } = result as { readonly content: readonly { readonly text?: string }[] };
  return content.map(({ text }) => text ?? '').join('\n');
}
