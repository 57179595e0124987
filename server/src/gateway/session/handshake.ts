/** The client's `initialize`: which revision is spoken, what the client can be asked, and which upstream connection fits. */
import { toValue } from '../../policy/index.ts';
import type { JsonObject } from '../../policy/json/node.ts';
import type { Params } from '../../mcp/message.ts';
import { isObject } from '../../mcp/parse.ts';
import { openCapabilities } from '../message/capability.ts';
import { MAX_CLIENT_NAME } from '../message/envelope.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import type { MethodSettings } from '../message/method.ts';
import { isLegacyRevision, LATEST_LEGACY_REVISION, type LegacyRevision } from '../../mcp/revision.ts';

export interface ClientHello {
  readonly revision: LegacyRevision;
  /** What the client can be asked, less what portcullis.json closes. */
  readonly declared: ReadonlySet<string>;
  /** Self-declared name. */
  readonly client?: string;
  /** What the upstream gets to see of it. */
  readonly handshake: Params;
}

/** `undefined`: the parameters are not those of `initialize`. */
export function readHello(params: JsonObject | undefined, methods: MethodSettings): ClientHello | undefined {
  const value = params && (toValue(params, 'source') as Params);
  const capabilities = value?.['capabilities'];
  if (!value || typeof value['protocolVersion'] !== 'string' || !isObject(capabilities)) return undefined;
  const revision = isLegacyRevision(value['protocolVersion']) ? value['protocolVersion'] : LATEST_LEGACY_REVISION;
  const open = openCapabilities(capabilities, methods);
  const client = isObject(value['clientInfo']) ? value['clientInfo']['name'] : undefined;
  const known = Object.fromEntries(
    ['clientInfo', '_meta'].filter((key) => Object.hasOwn(value, key)).map((key) => [key, value[key]]),
  );
  return {
    revision,
    declared: new Set(Object.keys(open)),
    ...(typeof client === 'string' ? { client: client.slice(0, MAX_CLIENT_NAME) } : {}),
    handshake: { ...known, protocolVersion: revision, capabilities: open },
  };
}

/** The server's own greeting, with one promise of ours: whoever has tools is told when an edit of the policy changes the list. */
export function greetingForClient(greeting: Params): Params {
  const capabilities = greeting['capabilities'];
  if (!isObject(capabilities) || !isObject(capabilities['tools'])) return withoutOwnMeta(greeting);
  const tools = { ...capabilities['tools'], listChanged: true };
  return withoutOwnMeta({ ...greeting, capabilities: { ...capabilities, tools } });
}
