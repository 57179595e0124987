/** Reads what a request of the modern era says of its client. Every such request must say it, and nothing is remembered from one to the next. */
import { metaKeys, TASKS_EXTENSION, type Envelope } from '../../mcp/era/envelope.ts';
import type { Params } from '../../mcp/message.ts';
import { isObject } from '../../mcp/parse.ts';
import { MODERN_REVISION } from '../../mcp/revision.ts';
import { toValue } from '../../policy/index.ts';
import type { JsonNode, JsonObject } from '../../policy/json/node.ts';
import { errorCodes } from './answer.ts';
import { openCapabilities } from './capability.ts';
import type { MethodSettings } from './method.ts';

export interface ClientEnvelope extends Envelope {
  /** Names of the capabilities that are left when the closed ones are taken away, as they are in `capabilities`. */
  readonly declared: ReadonlySet<string>;
  /** Self-declared name. */
  readonly client?: string;
  /** Whether the client knows the extension for tasks. */
  readonly knowsTasks: boolean;
}

export interface EnvelopeProblem {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export type EnvelopeReading =
  { readonly ok: true; readonly envelope: ClientEnvelope } | ({ readonly ok: false } & EnvelopeProblem);

export const MAX_CLIENT_NAME = 200;

const LEVELS: ReadonlySet<string> = new Set([
  ...['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'],
]);

/** The revision that the parameters claim; `undefined`: they are of the legacy era, which has no such claim. */
export function claimOf(params: JsonObject | undefined): JsonNode | undefined {
  return metaOf(params)?.members.get(metaKeys.version)?.value;
}

export function readEnvelope(params: JsonObject | undefined, methods: MethodSettings): EnvelopeReading {
  const claim = claimOf(params);
  if (claim?.kind !== 'string') return missing(metaKeys.version, 'a string');
  if (claim.value !== MODERN_REVISION) return { ok: false, ...unsupported(claim.value) };
  const meta = metaOf(params);
  const said = meta ? (toValue(meta, 'source') as Params) : {};
  const problem = problemOf(said);
  if (problem) return problem;
  const open = openCapabilities(said[metaKeys.capabilities] as Params, methods);
  const clientInfo = said[metaKeys.clientInfo] as Params | undefined;
  const logLevel = said[metaKeys.logLevel] as string | undefined;
  const name = clientInfo?.['name'];
  const envelope: ClientEnvelope = {
    capabilities: open,
    declared: new Set(Object.keys(open)),
    knowsTasks: isObject(open['extensions']) && Object.hasOwn(open['extensions'], TASKS_EXTENSION),
    ...(clientInfo === undefined ? {} : { clientInfo }),
    ...(typeof name === 'string' ? { client: name.slice(0, MAX_CLIENT_NAME) } : {}),
    ...(logLevel === undefined ? {} : { logLevel }),
  };
  return { ok: true, envelope };
}

function problemOf(said: Params): EnvelopeReading | undefined {
  const clientInfo = said[metaKeys.clientInfo];
  const logLevel = said[metaKeys.logLevel];
  if (!isObject(said[metaKeys.capabilities])) return missing(metaKeys.capabilities, 'an object');
  if (clientInfo !== undefined && !isObject(clientInfo)) return missing(metaKeys.clientInfo, 'an object');
  if (logLevel === undefined || (typeof logLevel === 'string' && LEVELS.has(logLevel))) return undefined;
  return missing(metaKeys.logLevel, 'a log level');
}

/** `requested`: as the client said it. */
export function unsupported(requested: string): EnvelopeProblem {
  const message = `This revision of the protocol is not spoken here. Use ${MODERN_REVISION}, or start with "initialize".`;
  const data = { supported: [MODERN_REVISION], requested: requested.slice(0, 64) };
  return { code: errorCodes.unsupportedRevision, message, data };
}

function metaOf(params: JsonObject | undefined): JsonObject | undefined {
  const meta = params?.members.get('_meta')?.value;
  return meta?.kind === 'object' ? meta : undefined;
}

function missing(key: string, what: string): EnvelopeReading {
  return { ok: false, code: errorCodes.invalidParams, message: `"_meta" needs "${key}", ${what}.` };
}
