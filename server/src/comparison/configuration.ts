/**
 * Whether what a workspace configures lets through more than before: a row for each setting of portcullis.json says which direction is looser. A
 * setting without a row changes nothing about what passes, is recorded or is started.
 */
import type { GatewayConfig, ServerSettings } from '../mcp/definition.ts';
import { loosenedDefinition, newDefinition, type ComparedDefinition } from './definitions.ts';
import type { Loosening } from './loosening.ts';

/** What the files of a workspace say about the gateway and its servers. */
export interface Configuration {
  readonly gateway: GatewayConfig;
  /** By name: servers that there are, whoever defines them. */
  readonly servers: ReadonlyMap<string, ConfiguredEntry>;
}

export interface ConfiguredEntry {
  readonly settings: ServerSettings;
  /** Absent where another than the workspace defines the server: its user. */
  readonly definition?: ComparedDefinition;
}

/** In words what the later value loosens; `undefined`: nothing. */
type Row<T> = (before: T, after: T) => string | undefined;

const LOCK_MODES = ['off', 'warn', 'enforce'] as const;

export const GATEWAY_ROWS = {
  'audit.durability': ({ audit: before }, { audit: after }) =>
    before?.durability === 'power' && after?.durability !== 'power'
      ? 'records do not survive a power failure any more ("audit.durability")'
      : undefined,
  'audit.maxBytes': ({ audit: before }, { audit: after }) =>
    shortened('a log of', 'bytes ("audit.maxBytes")', before?.maxBytes, after?.maxBytes),
  'audit.maxDays': ({ audit: before }, { audit: after }) =>
    shortened('records of', 'days ("audit.maxDays")', before?.maxDays, after?.maxDays),
  'audit.values': ({ audit: before }, { audit: after }) =>
    after?.values === true && before?.values !== true ? 'values of arguments are stored ("audit.values")' : undefined,
  lock: ({ lock: before = 'off' }, { lock: after = 'off' }) =>
    LOCK_MODES.indexOf(after) < LOCK_MODES.indexOf(before)
      ? `tools that nobody has reviewed are ${after === 'off' ? 'let through unseen' : 'only warned of'} ("lock": ${quote(after)} in place of ${quote(before)})`
      : undefined,
  'state.directory': ({ state: before }, { state: after }) =>
    before?.directory === after?.directory
      ? undefined
      : 'log, limits and grants begin anew in another folder ("state.directory")',
  'state.sharedUrlEnv': ({ state: before }, { state: after }) =>
    before?.sharedUrlEnv === after?.sharedUrlEnv
      ? undefined
      : 'limits, approvals and grants begin anew elsewhere ("state.sharedUrlEnv")',
} as const satisfies Readonly<Record<string, Row<GatewayConfig>>>;

export const SERVER_ROWS = {
  methods: ({ methods: before }, { methods: after }) => {
    const opened = Object.keys(before).filter((method) => before[method] === 'deny' && !denies(after, method));
    return opened.length === 0 ? undefined : `clients may use ${opened.map(quote).join(', ')} ("methods")`;
  },
  mode: ({ mode: before }, { mode: after }) =>
    before === 'enforce' && after === 'observe' ? 'its policy is not enforced any more ("mode": "observe")' : undefined,
  // What comes after the former ones sees their results, so more of them replace more.
  redact: ({ redact: before = [] }, { redact: after = [] }) =>
    before.every((each, at) => isSame(each, after[at]))
      ? undefined
      : 'texts of its results are not redacted as before ("redact")',
} as const satisfies Readonly<Record<string, Row<ServerSettings>>>;

export function loosenedGateway(before: GatewayConfig, after: GatewayConfig): readonly Loosening[] {
  return Object.values(GATEWAY_ROWS).flatMap((row) => said('gateway', row(before, after)));
}

/** A server that the workspace does not define any more loosens nothing; one that it has not defined before does. */
export function loosenedEntry(name: string, before: ConfiguredEntry, after: ConfiguredEntry): readonly Loosening[] {
  const settings = Object.values(SERVER_ROWS).flatMap((row) => said(name, row(before.settings, after.settings)));
  if (!after.definition) return settings;
  const definition = before.definition
    ? loosenedDefinition(before.definition, after.definition)
    : [newDefinition(after.definition)];
  return [...definition.map((change) => ({ about: name, ...change })), ...settings];
}

function said(about: string, what: string | undefined): readonly Loosening[] {
  return what === undefined ? [] : [{ about, what }];
}

function shortened(
  what: string,
  unit: string,
  before: number | undefined,
  after: number | undefined,
): string | undefined {
  if (after === undefined || after >= (before ?? Number.POSITIVE_INFINITY)) return undefined;
  return `no more than ${what} ${String(after)} ${unit} are kept`;
}

function denies(methods: ServerSettings['methods'], method: string): boolean {
  return Object.hasOwn(methods, method) && methods[method] === 'deny';
}

type Redaction = NonNullable<ServerSettings['redact']>[number];

function isSame(before: Redaction, after: Redaction | undefined): boolean {
  return before.regex === after?.regex && before.replace === after.replace;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
