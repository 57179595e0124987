/** The shape of a subcommand and of what it may touch. Types and the two error classes that end a command. */
import path from 'node:path';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Terminal } from './terminal.ts';

/** Exit codes are part of the public interface: 0 fine, 1 findings, 2 wrong use or unreadable input, 3 server unreachable. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command reads and writes. Machine output goes to `out`, all else to `err`. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** What `out` is able to show. */
  readonly terminal: Terminal;
  readonly stdin: NodeJS.ReadableStream;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The user's home folder as the system knows it, whatever the environment says; absent where the system knows none. */
  readonly userHome?: string;
  /** Aborted by Ctrl+C, by any other signal that ends a process, and by what ending.ts says. */
  readonly signal: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** One line for `portcullis --help`. */
  readonly summary: string;
  /** What follows `portcullis <name>`. */
  readonly usage: string;
  /** Longer help: the options, one per line, aligned. */
  readonly help: string;
  readonly example: string;
  readonly options: ParseArgsOptionsConfig;
  /** Whether it opens the state database, which needs `node:sqlite`. */
  readonly needsSqlite?: boolean;
  /** Whether it has children and records to put away, and so must be left to end by itself once `Io.signal` is aborted. */
  readonly tidiesUp?: boolean;
  run(invocation: Invocation, io: Io): Promise<ExitCode>;
}

export interface Invocation {
  readonly values: Readonly<Record<string, OptionValue | undefined>>;
  readonly positionals: readonly string[];
  /** What stands after `--`. */
  readonly rest: readonly string[];
}

export type OptionValue = string | boolean | (string | boolean)[];

/** Wrong use or unreadable input: exit code 2. The message says what to do. */
export class UsageError extends Error {}

/** The MCP server could not be reached: exit code 3. */
export class UnreachableError extends Error {}

/** The value of a string option. */
export function text(invocation: Invocation, name: string): string | undefined {
  const value = invocation.values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A string option that names a file or a folder: absolute. */
export function absolute(invocation: Invocation, name: string, { cwd }: Pick<Io, 'cwd'>): string | undefined {
  const given = text(invocation, name);
  return given === undefined ? undefined : path.resolve(cwd, given);
}

/** The values of a string option that may be repeated. */
export function texts(invocation: Invocation, name: string): readonly string[] {
  const value = invocation.values[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

export function flag(invocation: Invocation, name: string): boolean {
  return invocation.values[name] === true;
}

/** A string option with a closed set of values. */
export function choice<T extends string>(invocation: Invocation, name: string, allowed: readonly [T, ...T[]]): T {
  const given = text(invocation, name) ?? allowed[0];
  const found = allowed.find((each) => each === given);
  if (found === undefined) throw new UsageError(`--${name} is "${given}"; it can be ${allowed.join(', ')}.`);
  return found;
}

/** A string option that is a whole number in a range. */
export function count(
  invocation: Invocation,
  name: string,
  minimum = 0,
  maximum = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const given = text(invocation, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= minimum && value <= maximum) return value;
  const range = maximum === Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `from ${minimum} to ${maximum}`;
  throw new UsageError(`--${name} is "${given}"; it must be a whole number, ${range}.`);
}
