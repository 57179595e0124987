/**
 * portcullis.json: the only format that is ours, so it is strict JSON and every unknown key is an error.
 * The generated validator decides; this file says in people's words what it found, and where.
 */
import path from 'node:path';
import type { ErrorObject } from 'ajv';
import type { GatewayDocument, Server } from '../generated/document.ts';
import validate from '../generated/validate.mjs';
import type { JsonNode } from '../../policy/json/node.ts';
import { locate, pointerOf } from '../../policy/json/pointer.ts';
import { readJson } from '../../policy/json/reader.ts';
import { toValue } from '../../policy/json/value.ts';
import type { FindingsConfig, GatewayConfig, ServerSettings } from '../definition.ts';
import { readServers } from './entry.ts';
import type { FoundServer, NodeProblem } from './host.ts';
import { schemaProblem } from './schemaProblem.ts';

export interface PortcullisReading {
  /** Servers that are defined here. */
  readonly servers: readonly FoundServer[];
  /** Settings by server, also of servers that are defined elsewhere. */
  readonly settings: ReadonlyMap<string, ServerSettings>;
  readonly config: GatewayConfig;
  readonly findings: FindingsConfig;
  readonly problems: readonly NodeProblem[];
  /** The tree, for problems that others find; absent when it is no JSON. */
  readonly root?: JsonNode;
}

export const DEFAULT_SETTINGS: ServerSettings = { mode: 'enforce', methods: {}, timeout: 60 };

export const NO_FINDINGS_CONFIG: FindingsConfig = { rules: {}, excused: [] };

const NOTHING: PortcullisReading = {
  servers: [],
  settings: new Map(),
  config: {},
  findings: NO_FINDINGS_CONFIG,
  problems: [],
};

/** `folder`: of the file. With an error nothing of the file is used: half of someone's restrictions is not what was meant. */
export function readPortcullis(text: string, folder: string): PortcullisReading {
  const reading = readJson(text);
  if (!reading.ok) return { ...NOTHING, problems: reading.problems.map(syntaxProblem) };
  const { root } = reading;
  const value = toValue(root, 'double');
  if (!validate(value)) return { ...NOTHING, root, problems: schemaProblems(root, validate.errors ?? []) };
  const document = value as GatewayDocument;
  const found = readServers(root, ['servers'], { ignore: hasOnlySettings });
  const problems = [...found.problems, ...misplaced(root, document)];
  if (found.problems.length > 0) return { ...NOTHING, root, problems };
  const settings = Object.entries(document.servers ?? {}).map(
    ([name, server]) => [name, settingsOf(server, folder)] as const,
  );
  return {
    servers: found.servers,
    settings: new Map(settings),
    config: configOf(document, folder),
    findings: findingsOf(document, folder),
    problems,
    root,
  };
}

/** What counts from the user's own file: the first two from no other. */
export interface UserSettings {
  /** Whether calls that wait for approval may be approved from a shell. */
  readonly shellDecides: boolean;
  /** Whether an edit takes effect at once although it lets through more than before. */
  readonly reloadsAtOnce: boolean;
  /** Whether values of arguments are kept, for all workspaces; absent: each may say for itself. */
  readonly keepsValues?: boolean;
}

/** From the text of the user's own portcullis.json; a string: why none of it counts. */
export function readUserLevel(text: string): UserSettings | string {
  const reading = readJson(text);
  if (!reading.ok) return reading.problems[0].message;
  const value = toValue(reading.root, 'double');
  if (!validate(value)) return schemaProblems(reading.root, validate.errors ?? [])[0]?.message ?? 'It is invalid.';
  const { approvals, reload, audit } = value as GatewayDocument;
  const keepsValues = audit?.values;
  return {
    shellDecides: approvals?.shell === true,
    reloadsAtOnce: reload === 'automatic',
    ...(keepsValues === undefined ? {} : { keepsValues }),
  };
}

const DEFINITION_KEYS = ['type', 'command', 'args', 'cwd', 'env', 'envFile', 'url', 'headers', 'oauth'];

/** Such an entry adds settings to a server that another file defines. */
function hasOnlySettings(entry: JsonNode): boolean {
  return entry.kind === 'object' && !DEFINITION_KEYS.some((key) => entry.members.has(key));
}

function settingsOf(server: Server, folder: string): ServerSettings {
  return {
    mode: server.mode ?? DEFAULT_SETTINGS.mode,
    methods: server.methods ?? DEFAULT_SETTINGS.methods,
    timeout: server.timeout ?? DEFAULT_SETTINGS.timeout,
    ...(server.redact ? { redact: server.redact } : {}),
    ...(server.policy === undefined ? {} : { policy: path.resolve(folder, server.policy) }),
  };
}

function configOf({ state, audit, lock, reload }: GatewayDocument, folder: string): GatewayConfig {
  const directory = state?.directory === undefined ? {} : { directory: path.resolve(folder, state.directory) };
  return {
    ...(state ? { state: { ...state, ...directory } } : {}),
    ...(audit ? { audit } : {}),
    ...(lock ? { lock } : {}),
    ...(reload === 'confirm' ? { reload } : {}),
  };
}

function findingsOf({ rules = {}, excused = [] }: GatewayDocument, folder: string): FindingsConfig {
  return { rules, excused: excused.map((each) => ({ ...each, policy: path.resolve(folder, each.policy) })) };
}

/** What an agent could switch on by editing a file of the workspace has no effect there. */
function misplaced(root: JsonNode, { approvals, reload }: GatewayDocument): readonly NodeProblem[] {
  const pointers = [
    ...(approvals?.shell === true ? [['approvals', 'shell']] : []),
    ...(reload === 'automatic' ? [['reload']] : []),
  ];
  return pointers.map((keys) => {
    const message = `"${keys.at(-1)}" has no effect in a workspace, because agents can edit workspace files. Remove it here.`;
    return { severity: 'warning', message, ...placeOf(root, pointerOf(keys)) };
  });
}

function schemaProblems(root: JsonNode, errors: readonly ErrorObject[]): readonly NodeProblem[] {
  return errors.flatMap((error) => {
    const problem = schemaProblem(error);
    return problem ? [{ severity: 'error' as const, message: problem.message, ...placeOf(root, problem.pointer) }] : [];
  });
}

/** The key of a member that should not be there, the value of any other. */
export function placeOf(root: JsonNode, pointer: string): Pick<NodeProblem, 'pointer' | 'span'> {
  const found = locate(root, pointer);
  const { start, end } = found?.member?.key ?? found?.node ?? root;
  return { pointer, span: { start, end } };
}

function syntaxProblem({ message, start, end }: { message: string; start: number; end: number }): NodeProblem {
  return { severity: 'error', message, pointer: '', span: { start, end } };
}
