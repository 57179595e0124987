/** Clients of the SDK's successor, which speak the era that they are told to, in front of the gateway on either face. */
import {
  Client,
  StreamableHTTPClientTransport,
  type ClientOptions,
  type JSONRPCMessage,
  type Transport as ClientTransport,
} from '@modelcontextprotocol/client';
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { startStdioGateway } from '../../../server/src/gateway/index.ts';
import { openTransport } from '../../../server/src/mcp/index.ts';
import type { Launch, ServerSettings } from '../../../server/src/mcp/definition.ts';
import { MODERN_REVISION, type Era } from '../../../server/src/mcp/revision.ts';
import { openState, type EmbeddedState, type State } from '../../../server/src/state/index.ts';
import { makeFolder } from '../../support/folder.ts';
import { collectingLog } from '../../support/servers/log.ts';
import { settings, type TestGateway } from './running.ts';

export interface EraClientOptions extends ClientOptions {
  readonly era: Era;
  /** May install handlers before it connects. */
  readonly prepare?: (client: Client) => void;
}

export async function eraClient(
  transport: ClientTransport,
  { era, prepare, ...options }: EraClientOptions,
): Promise<Client> {
  const mode = era === 'modern' ? { pin: MODERN_REVISION } : 'legacy';
  const client = new Client({ name: 'era-client', version: '1' }, { ...options, versionNegotiation: { mode } });
  prepare?.(client);
  await client.connect(transport);
  return client;
}

export function httpTransport({ url, token }: Pick<TestGateway, 'url' | 'token'>): ClientTransport {
  return new StreamableHTTPClientTransport(url, { requestInit: { headers: { authorization: `Bearer ${token}` } } });
}

export interface PipedGateway extends AsyncDisposable {
  readonly transport: ClientTransport;
  readonly state: State;
  writePolicy(policy: unknown): Promise<void>;
}

/** A grant that people have made, or taken back again. */
export interface MadeGrant {
  readonly label: string;
  readonly isRevoked?: boolean;
}

/** The stdio face in this process. */
export async function pipeGateway(
  launch: Launch,
  policy: unknown,
  grant?: MadeGrant,
  wrapState: (state: EmbeddedState) => State | Promise<State> = (state) => state,
  more: Partial<ServerSettings> = {},
): Promise<PipedGateway> {
  const folder = await makeFolder({ 'policy.json': JSON.stringify(policy) });
  const { log } = collectingLog();
  const state = await wrapState(openState(folder.file('state'), { log }));
  if (grant) await state.grants.add({ label: grant.label }, Date.now());
  if (grant?.isRevoked) await state.grants.revoke(grant.label, Date.now());
  const [input, output] = [new PassThrough(), new PassThrough()];
  const gateway = await startStdioGateway({
    servers: [
      {
        name: 'main',
        settings: { ...settings, ...more },
        policyFile: folder.file('policy.json'),
        openTransport: () => Promise.resolve(openTransport(launch, { log, grace: 500 })),
      },
    ],
    ...{ state, log, input, output, version: 'test' },
    ...(grant ? { grant: grant.label } : {}),
  });
  return {
    transport: lineTransport(output, input),
    state,
    writePolicy: async (changed) => void (await folder.write('policy.json', JSON.stringify(changed))),
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await state.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function lineTransport(from: Readable, to: Writable): ClientTransport {
  const transport: ClientTransport = {
    start() {
      createInterface({ input: from }).on('line', (line) => transport.onmessage?.(JSON.parse(line) as JSONRPCMessage));
      return Promise.resolve();
    },
    send(message) {
      to.write(`${JSON.stringify(message)}\n`);
      return Promise.resolve();
    },
    close() {
      transport.onclose?.();
      return Promise.resolve();
    },
  };
  return transport;
}
