/**
 * A configuration as it is kept in the state folder. Texts of definitions that may be secrets are kept as digests: they can be recognised in the
 * workspace's files, where they came from, and not be read here.
 */
import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../catalog/index.ts';
import type { ComparedDefinition, Configuration, ConfiguredEntry } from '../../comparison/index.ts';
import type { Launch } from '../../mcp/definition.ts';

/** JSON, sealed where it has to be. */
export interface KeptConfiguration {
  readonly format: 1;
  /** Random, for each workspace: equal secrets of two do not show. */
  readonly salt: string;
  readonly gateway: Configuration['gateway'];
  readonly servers: Readonly<Record<string, KeptEntry>>;
}

export interface KeptEntry {
  readonly settings: ConfiguredEntry['settings'];
  /** A `ComparedDefinition` with sealed texts. */
  readonly definition?: unknown;
}

/** A name that no environment variable and no header can have. */
const SEALED = '\0sealed';

interface Sealed {
  readonly [SEALED]: string;
}

export interface Opened<T> {
  readonly value: T;
  /** False where a sealed text does not stand in the files any more: it cannot be had back. */
  readonly isWhole: boolean;
}

/** No file can hold it: where it stands, the text is another one than was kept. */
const LOST = '\uD800';

export function keep({ gateway, servers }: Configuration, salt = newSalt()): KeptConfiguration {
  const kept = [...servers].map(([name, entry]) => [name, keepEntry(entry, salt)] as const);
  return { format: 1, salt, gateway, servers: Object.fromEntries(kept) };
}

export function keepEntry({ settings, definition }: ConfiguredEntry, salt: string): KeptEntry {
  return { settings, ...(definition ? { definition: sealDefinition(definition, salt) } : {}) };
}

/** One text for each configuration, whatever the order of its members. */
export function textOf(kept: KeptConfiguration): string {
  return canonicalJson(kept);
}

/** Throws `KeptError`. */
export function readKept(text: string | null): KeptConfiguration {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<KeptConfiguration> | null;
    if (kept?.format === 1) return kept as KeptConfiguration;
  } catch {
    // As damaged as one of another format.
  }
  throw new KeptError('The accepted configuration in the state folder is damaged. Restore it from a backup.');
}

/** What was accepted cannot be known. */
class KeptError extends Error {
  readonly code = 'kept-configuration';
}

/** `now`: what the files hold at present, from which sealed texts are taken back. */
export function openDefinition(
  kept: unknown,
  now: ComparedDefinition | undefined,
  salt: string,
): Opened<ComparedDefinition> {
  let isWhole = true;
  const open = (each: unknown, current: unknown): unknown => {
    if (isSealed(each)) {
      if (typeof current === 'string' && digest(current, salt) === each[SEALED]) return current;
      isWhole = false;
      return LOST;
    }
    if (Array.isArray(each)) return each.map((item, at) => open(item, (current as unknown[] | undefined)?.[at]));
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, item]) => [key, open(item, memberOf(current, key))]));
  };
  const value = open(kept, now) as ComparedDefinition;
  return { value, isWhole };
}

function sealDefinition(definition: ComparedDefinition, salt: string): unknown {
  return {
    ...definition,
    launch: sealLaunch(definition.launch, salt),
    inputs: sealValues(definition.inputs, salt),
  };
}

function sealLaunch(launch: Launch, salt: string): unknown {
  if (launch.kind === 'stdio') return { ...launch, env: sealValues(launch.env, salt) };
  const { url, headers, oauth } = launch;
  const secret = oauth?.clientSecret;
  return {
    ...launch,
    url: /[?#@]/.test(url) ? seal(url, salt) : url,
    headers: sealValues(headers, salt),
    ...(oauth ? { oauth: { ...oauth, ...(secret === undefined ? {} : { clientSecret: seal(secret, salt) }) } } : {}),
  };
}

function sealValues(values: Readonly<Record<string, string>>, salt: string): unknown {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, seal(value, salt)]));
}

/** A variable alone, or behind a word like "Bearer", tells nothing; a default that stands in it (`${TOKEN:-text}`) may. */
function seal(text: string, salt: string): string | Sealed {
  return /^(?:\w{1,10} )?\$\{(?![^{}]*:-)[^{}]*\}$/.test(text) ? text : { [SEALED]: digest(text, salt) };
}

function digest(text: string, salt: string): string {
  return createHash('sha256').update(`${salt}\n${text}`).digest('hex');
}

function newSalt(): string {
  return randomBytes(16).toString('hex');
}

function isSealed(value: unknown): value is Sealed {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === SEALED;
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
