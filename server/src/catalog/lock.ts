/**
 * The content of `portcullis.lock.json`: how each server is started, and each of its tools with its whole definition, as a person has reviewed them.
 * Pure: `digest` (text in, hexadecimal SHA-256 out) comes from outside.
 */
import { readJson, toValue } from '../policy/index.ts';
import { fingerprint } from './fingerprint.ts';
import type { Tool } from './tool.ts';

export interface Lock {
  readonly servers: ReadonlyMap<string, LockedServer>;
}

export interface LockedServer {
  /** Digest of how the server is started or reached. */
  readonly definition: string;
  readonly tools: ReadonlyMap<string, LockedTool>;
}

export interface LockedTool {
  readonly hash: string;
  /** For the difference that a person reads; `hash` is its fingerprint. */
  readonly definition: Tool;
}

export type Digest = (text: string) => string;

export type LockReading = { readonly ok: true; readonly lock: Lock } | { readonly ok: false; readonly problem: string };

/** As much as a list of tools may be, which a lock holds, a few levels deeper. */
const LIMITS = { maxBytes: 256 * 1024 * 1024, maxDepth: 600 };

export const EMPTY_LOCK: Lock = { servers: new Map() };

/** What a tool is pinned by. Numbers count as their doubles, as every reader of a list has them. */
export function pinOf(tool: Tool, digest: Digest): string {
  return fingerprint(JSON.parse(JSON.stringify(tool)) as Tool, digest);
}

/** Strict JSON. A definition that does not fit its hash makes the whole file invalid: it would show one text and let another pass. */
export function readLock(text: string, digest: Digest): LockReading {
  const reading = readJson(text, LIMITS);
  if (!reading.ok) return problem(reading.problems[0].message);
  const value = toValue(reading.root, 'double');
  if (!isRecord(value) || value['version'] !== '1' || !isRecord(value['servers']))
    return problem('It must be { "version": "1", "servers": { … } }.');
  const servers = new Map<string, LockedServer>();
  for (const [name, entry] of Object.entries(value['servers'])) {
    const server = readServer(entry, digest);
    if (typeof server === 'string') return problem(`The server ${JSON.stringify(name)}: ${server}`);
    servers.set(name, server);
  }
  return { ok: true, lock: { servers } };
}

function readServer(entry: unknown, digest: Digest): LockedServer | string {
  if (!isRecord(entry) || typeof entry['definition'] !== 'string' || !isRecord(entry['tools']))
    return 'It must have "definition" and "tools".';
  const tools = new Map<string, LockedTool>();
  for (const [name, tool] of Object.entries(entry['tools'])) {
    const { hash, definition } = isRecord(tool) ? tool : {};
    if (typeof hash !== 'string' || !isRecord(definition) || definition['name'] !== name)
      return `The tool ${JSON.stringify(name)} must have "hash", and "definition" of this name.`;
    const read = definition as unknown as Tool;
    if (pinOf(read, digest) !== hash)
      return `The definition of the tool ${JSON.stringify(name)} is not the one that its hash stands for.`;
    tools.set(name, { hash, definition: read });
  }
  return { definition: entry['definition'], tools };
}

/** Of tools that share a name none can be pinned. */
export function lockServer(definition: string, tools: readonly Tool[], digest: Digest): LockedServer {
  const plain = [...singleTools(tools).values()].map((tool) => JSON.parse(JSON.stringify(tool)) as Tool);
  return {
    definition,
    tools: new Map(plain.map((tool) => [tool.name, { hash: pinOf(tool, digest), definition: tool }])),
  };
}

/** Those whose names no other has, by name. */
export function singleTools(tools: readonly Tool[]): ReadonlyMap<string, Tool> {
  const counts = new Map<string, number>();
  for (const { name } of tools) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(tools.flatMap((tool) => (counts.get(tool.name) === 1 ? [[tool.name, tool] as const] : [])));
}

/** Of tools that share a name, no one knows which one is called. */
export function namesTwice(tools: readonly Tool[]): readonly string[] {
  const single = singleTools(tools);
  return [...new Set(tools.map(({ name }) => name))].filter((name) => !single.has(name));
}

/** Sorted, one line for each member: made to be read in a difference. */
export function writeLock({ servers }: Lock): string {
  const value = {
    version: '1',
    servers: sorted(servers, ({ definition, tools }) => ({ definition, tools: sorted(tools, (tool) => tool) })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function sorted<T>(entries: ReadonlyMap<string, T>, write: (entry: T) => unknown): object {
  return Object.fromEntries(
    [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, write(each)]),
  );
}

function problem(text: string): LockReading {
  return { ok: false, problem: text };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
