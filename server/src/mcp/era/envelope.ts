/** What a request of the modern era says of its client, under reserved keys of `_meta` (specification 2026-07-28, "General fields"). */
import type { Params } from '../message.ts';
import { isObject } from '../parse.ts';
import { MODERN_REVISION } from '../revision.ts';

export const metaKeys = {
  version: 'io.modelcontextprotocol/protocolVersion',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  logLevel: 'io.modelcontextprotocol/logLevel',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
  subscription: 'io.modelcontextprotocol/subscriptionId',
} as const;

export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

export interface Envelope {
  /** Self-declared. */
  readonly clientInfo?: unknown;
  /** What the client can be asked, for this request alone. */
  readonly capabilities: Params;
  /** The least severe log messages that the client wants about this request; absent: none. */
  readonly logLevel?: string;
}

const OF_CLIENT: ReadonlySet<string> = new Set([
  metaKeys.version,
  metaKeys.clientInfo,
  metaKeys.capabilities,
  metaKeys.logLevel,
]);

/** The parameters as a server of the modern era wants them. Whatever stood under the reserved keys is replaced. */
export function withEnvelope(params: Params | undefined, { clientInfo, capabilities, logLevel }: Envelope): Params {
  const meta = {
    ...withoutClientKeys(params?.['_meta']),
    [metaKeys.version]: MODERN_REVISION,
    ...(clientInfo === undefined ? {} : { [metaKeys.clientInfo]: clientInfo }),
    [metaKeys.capabilities]: capabilities,
    ...(logLevel === undefined ? {} : { [metaKeys.logLevel]: logLevel }),
  };
  return { ...params, _meta: meta };
}

/** The parameters as a server of the legacy era wants them: it knows from `initialize` what the envelope says. */
export function withoutEnvelope(params: Params | undefined): Params | undefined {
  const meta = params?.['_meta'];
  if (!params || !isObject(meta) || !Object.keys(meta).some((key) => OF_CLIENT.has(key))) return params;
  const rest = withoutClientKeys(meta);
  const others = Object.fromEntries(Object.entries(params).filter(([key]) => key !== '_meta'));
  return Object.keys(rest).length === 0 ? others : { ...others, _meta: rest };
}

function withoutClientKeys(meta: unknown): Params {
  return isObject(meta) ? Object.fromEntries(Object.entries(meta).filter(([key]) => !OF_CLIENT.has(key))) : {};
}

/** Whether the parameters claim to be of the modern era, of whatever revision. */
export function carriesEnvelope(params: Params | undefined): boolean {
  const meta = params?.['_meta'];
  return isObject(meta) && Object.hasOwn(meta, metaKeys.version);
}
