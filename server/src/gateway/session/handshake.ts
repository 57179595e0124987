/** The client's `initialize`: which revision is spoken, what the client can be asked, and which upstream connection fits. */
import { toValue } from '../../policy/index.ts';
import type { JsonObject } from '../../policy/json/node.ts';
import type { Params } from '../../mcp/message.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import type { MethodSettings } from '../message/method.ts';
import { isLegacyRevision, LATEST_LEGACY_REVISION, type Revision } from '../../mcp/revision.ts';

export interface ClientHello {
  readonly revision: Revision;
  /** What the client can be asked, less what portcullis.json closes. */
  readonly declared: ReadonlySet<string>;
  /** Self-declared name. */
  readonly client?: string;
  /** What the upstream gets to see of it. */
  readonly handshake: Params;
}

const MAX_CLIENT_NAME = 200;

/** What a server may ask by each capability. Closing the method takes the capability away, so that servers do not try. */
const capabilityMethods: Readonly<Record<string, string>> = {
  roots: 'roots/list',
  sampling: 'sampling/createMessage',
  elicitation: 'elicitation/create',
};

/** `undefined`: the parameters are not those of `initialize`. */
export function readHello(params: JsonObject | undefined, methods: MethodSettings): ClientHello | undefined {
  const value = params && (toValue(params, 'source') as Params);
  const capabilities = value?.['capabilities'];
  if (!value || typeof value['protocolVersion'] !== 'string' || !isRecord(capabilities)) return undefined;
  const revision = isLegacyRevision(value['protocolVersion']) ? value['protocolVersion'] : LATEST_LEGACY_REVISION;
  const open = Object.entries(capabilities).filter(([name]) => !isClosed(name, methods));
  const client = isRecord(value['clientInfo']) ? value['clientInfo']['name'] : undefined;
  const known = Object.fromEntries(
    ['clientInfo', '_meta'].filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key]]),
  );
  return {
    revision,
    declared: new Set(open.map(([name]) => name)),
    ...(typeof client === 'string' ? { client: client.slice(0, MAX_CLIENT_NAME) } : {}),
    handshake: { ...known, protocolVersion: revision, capabilities: Object.fromEntries(open) },
  };
}

function isClosed(capability: string, methods: MethodSettings): boolean {
  const method = Object.hasOwn(capabilityMethods, capability) ? capabilityMethods[capability] : undefined;
  return method !== undefined && Object.hasOwn(methods, method) && methods[method] === 'deny';
}

/** The server's own greeting, with one promise of ours: whoever has tools is told when an edit of the policy changes the list. */
export function greetingForClient(greeting: Params): Params {
  const capabilities = greeting['capabilities'];
  if (!isRecord(capabilities) || !isRecord(capabilities['tools'])) return withoutOwnMeta(greeting);
  const tools = { ...capabilities['tools'], listChanged: true };
  return withoutOwnMeta({ ...greeting, capabilities: { ...capabilities, tools } });
}

function isRecord(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
