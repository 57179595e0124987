/**
 * Replaces the variables in a server's definition. A variable that has no value is an error, never an empty text: a server started
 * without its token, or on the wrong folder, is worse than one not started. Errors name variables and places, never values.
 */
import path from 'node:path';
import type { Launch, OAuthSettings, RemoteLaunch, ServerDefinition, StdioLaunch } from './definition.ts';
import { readEnvFile } from './envFile.ts';
import type { VariableStyle } from './hosts/host.ts';
import { variableStyleOf } from './hosts/table.ts';
import type { ResolvedLaunch } from './transport.ts';

export interface LaunchResolver {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** The answer to `${input:id}`; undefined when nobody gives one. */
  readonly input: (id: string) => Promise<string | undefined>;
  /** For `envFile`. Rejects when the file cannot be read. */
  readonly readFile?: (file: string) => Promise<string>;
}

export type LaunchFailure = 'missing-variable' | 'missing-input' | 'unknown-variable' | 'env-file';

export class LaunchError extends Error {
  readonly code: LaunchFailure;
  /** As written, for example `${env:TOKEN}`; of `env-file` the path. */
  readonly variable: string;
  /** Where it stands in the definition, for example `env.TOKEN` or `args[2]`. */
  readonly place: string;

  constructor(code: LaunchFailure, variable: string, place: string, message: string) {
    super(message);
    this.name = 'LaunchError';
    this.code = code;
    this.variable = variable;
    this.place = place;
  }
}

/** Rejects with `LaunchError`. Relative folders and files begin at the definition's folder, which is also where a server is started. */
export async function resolveLaunch(
  { launch, origin }: Pick<ServerDefinition, 'launch' | 'origin'>,
  resolver: LaunchResolver,
): Promise<ResolvedLaunch> {
  const replacer = new Replacer(resolver, origin.folder, variableStyleOf(origin.host));
  const resolved: Launch = await (launch.kind === 'stdio'
    ? resolveStdio(launch, replacer, origin.folder, resolver)
    : resolveRemote(launch, replacer));
  return { ...resolved, secrets: [...replacer.secrets] };
}

async function resolveRemote(launch: RemoteLaunch, replacer: Replacer): Promise<RemoteLaunch> {
  return {
    kind: launch.kind,
    url: await replacer.text(launch.url, 'url'),
    headers: await replacer.record(launch.headers, 'headers'),
    ...(launch.oauth ? { oauth: await resolveOAuth(launch.oauth, replacer) } : {}),
  };
}

async function resolveOAuth({ callbackPort, ...texts }: OAuthSettings, replacer: Replacer): Promise<OAuthSettings> {
  return { ...(await replacer.record(texts, 'oauth')), ...(callbackPort === undefined ? {} : { callbackPort }) };
}

async function resolveStdio(
  launch: StdioLaunch,
  replacer: Replacer,
  folder: string,
  { readFile }: LaunchResolver,
): Promise<StdioLaunch> {
  const args: string[] = [];
  for (const [index, arg] of launch.args.entries()) args.push(await replacer.text(arg, `args[${index}]`));
  const fromFile = launch.envFile === undefined ? {} : await envFile(launch.envFile, replacer, folder, readFile);
  return {
    kind: 'stdio',
    command: await replacer.text(launch.command, 'command'),
    args,
    env: { ...fromFile, ...(await replacer.record(launch.env, 'env')) },
    cwd: path.resolve(folder, await replacer.text(launch.cwd ?? '.', 'cwd')),
  };
}

async function envFile(
  written: string,
  replacer: Replacer,
  folder: string,
  readFile: LaunchResolver['readFile'],
): Promise<Readonly<Record<string, string>>> {
  const file = path.resolve(folder, await replacer.text(written, 'envFile'));
  try {
    if (!readFile) throw new Error('no files can be read here');
    const variables = readEnvFile(await readFile(file));
    for (const value of Object.values(variables)) replacer.secrets.add(value);
    return variables;
  } catch (error) {
    const message = `The file of variables ${file} cannot be read (${(error as Error).message}). Correct "envFile".`;
    throw new LaunchError('env-file', file, 'envFile', message);
  }
}

const PATTERNS: Readonly<Record<VariableStyle, RegExp | undefined>> = {
  colon: /\$\{(?<name>[^${}:]+)(?::(?<argument>[^}]*))?\}/g,
  shell: /\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<argument>[^}]*))?\}/g,
  none: undefined,
};

class Replacer {
  /** Values of the environment and of inputs: whatever they are, they are not for showing. */
  readonly secrets = new Set<string>();
  readonly #resolver: LaunchResolver;
  readonly #folder: string;
  readonly #style: VariableStyle;

  constructor(resolver: LaunchResolver, folder: string, style: VariableStyle) {
    this.#resolver = resolver;
    this.#folder = folder;
    this.#style = style;
  }

  /** A value is never searched for variables again. */
  async text(text: string, place: string): Promise<string> {
    const pattern = PATTERNS[this.#style];
    let result = '';
    let end = 0;
    for (const match of pattern ? text.matchAll(pattern) : []) {
      const { name = '', argument } = match.groups ?? {};
      result += text.slice(end, match.index) + (await this.#value(match[0], name, argument, place));
      end = match.index + match[0].length;
    }
    return result + text.slice(end);
  }

  async record(texts: Readonly<Record<string, string>>, place: string): Promise<Record<string, string>> {
    const entries: [string, string][] = [];
    for (const [name, text] of Object.entries(texts)) entries.push([name, await this.text(text, `${place}.${name}`)]);
    return Object.fromEntries(entries);
  }

  #value(written: string, name: string, argument: string | undefined, place: string): string | Promise<string> {
    if (this.#style === 'shell') return this.#environment(name, argument, written, place);
    switch (name) {
      case 'env':
        return this.#environment(argument ?? '', undefined, written, place);
      case 'input':
        return this.#input(argument ?? '', written, place);
      case 'workspaceFolder':
        return this.#folder;
      case 'workspaceFolderBasename':
        return path.basename(this.#folder);
      case 'userHome':
        return this.#resolver.home;
      case 'pathSeparator':
      case '/':
        return path.sep;
      default:
        return this.#unknown(written, argument, place);
    }
  }

  #environment(name: string, fallback: string | undefined, written: string, place: string): string {
    const value = this.#resolver.env[name];
    // As in a shell: `:-` also stands in for an empty value.
    if (fallback !== undefined && (value === undefined || value === '')) return fallback;
    if (value === undefined) {
      const message = `The environment variable ${name} is not set; ${place} needs it. Set it, and start again from there.`;
      throw new LaunchError('missing-variable', written, place, message);
    }
    this.secrets.add(value);
    return value;
  }

  async #input(id: string, written: string, place: string): Promise<string> {
    const value = await this.#resolver.input(id);
    if (value === undefined) {
      const message = `The input "${id}" has no value; ${place} needs it. Answer it when asked, or define it in "inputs".`;
      throw new LaunchError('missing-input', written, place, message);
    }
    this.secrets.add(value);
    return value;
  }

  /** `${name}` alone may be meant for the program; `${config:…}` and `${command:…}` are VS Code's, and only VS Code knows them. */
  #unknown(written: string, argument: string | undefined, place: string): string {
    if (argument === undefined) return written;
    const known = '${env:NAME}, ${input:id}, ${workspaceFolder} or ${userHome}';
    throw new LaunchError(
      'unknown-variable',
      written,
      place,
      `${written} in ${place} cannot be resolved. Use ${known}.`,
    );
  }
}
