/**
 * Finds the servers that a workspace (and its user) has configured: reads every known file, in the order in which the first definition
 * of a name wins, and adds what portcullis.json says of each. Only reads; nothing is started.
 */
import path from 'node:path';
import { memberOf } from '../policy/json/access.ts';
import { pointerOf } from '../policy/json/pointer.ts';
import { located, type ConfigProblem } from './configProblem.ts';
import { leadsToGateway } from './connect/governed.ts';
import type {
  DirectEntry,
  FindingsConfig,
  GatewayConfig,
  InputDefinition,
  ServerDefinition,
  ServerSettings,
} from './definition.ts';
import type { FoundServer, Host, NodeProblem, UserPlace } from './hosts/host.ts';
import { readJsonc } from './hosts/jsonc.ts';
import { readText } from './hosts/text.ts';
import {
  DEFAULT_SETTINGS,
  NO_FINDINGS_CONFIG,
  placeOf,
  readPortcullis,
  type PortcullisReading,
} from './hosts/portcullis.ts';
import { HOSTS } from './hosts/table.ts';
import { positionIn } from './position.ts';

export interface DiscoverOptions {
  /** The text of a file; undefined when there is none. Rejects when it cannot be read. */
  readonly readFile: (file: string) => Promise<string | undefined>;
  /** Where user-level files stand; absent: they are not read. */
  readonly user?: UserPlace;
  /** A file that comes before all others, in the place of portcullis.json when it has that format (`--config`). */
  readonly config?: string;
}

export interface Discovery {
  readonly servers: readonly ServerDefinition[];
  /** Every entry of a client's file, also where another definition of the name won: each is a way to its server. */
  readonly entries: readonly DirectEntry[];
  /** `inputFor` says which one a server goes by. */
  readonly inputs: readonly InputDefinition[];
  readonly config: GatewayConfig;
  /** Of all portcullis.json together; of two that speak of one rule, the first. */
  readonly findings: FindingsConfig;
  /** Names of the servers whose policies are not enforced, as portcullis.json says. */
  readonly observed: readonly string[];
  readonly problems: readonly ConfigProblem[];
  /** False when a portcullis.json has an error: its restrictions are unknown, so a gateway must not start. */
  readonly usable: boolean;
  /** Every file that was looked for, there or not, for whoever watches them. */
  readonly files: readonly string[];
}

/** What a person has to know of a server in observe mode, wherever its policy is spoken of. */
export function observedSentence(server: string): string {
  return `"${server}" is in observe mode: its policy is not enforced; what it denies passes and is recorded as "wouldDeny". Remove "mode": "observe" from portcullis.json to enforce it.`;
}

/** `folders`: absolute paths of the workspace's folders, in their order. */
export async function discoverServers(folders: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const search = new Search(folders, options);
  await search.run();
  return search.result();
}

interface Place {
  readonly file: string;
  readonly folder: string;
  readonly userLevel: boolean;
}

class Search {
  readonly #folders: readonly string[];
  readonly #options: DiscoverOptions;
  readonly #found = new Map<string, Omit<ServerDefinition, 'settings'>>();
  readonly #entries: DirectEntry[] = [];
  readonly #inputs = new Map<string, InputDefinition>();
  readonly #settings = new Map<string, { settings: ServerSettings; at: ConfigProblem }>();
  readonly #problems: ConfigProblem[] = [];
  readonly #files: string[] = [];
  #config: GatewayConfig = {};
  #findings = NO_FINDINGS_CONFIG;
  #usable = true;

  constructor(folders: readonly string[], options: DiscoverOptions) {
    this.#folders = folders;
    this.#options = options;
  }

  async run(): Promise<void> {
    const { config, user } = this.#options;
    const taken = config === undefined ? false : await this.#readConfig(config);
    if (!taken)
      for (const folder of this.#folders) await this.#readPortcullis(path.join(folder, 'portcullis.json'), folder);
    for (const host of HOSTS) {
      if (host.workspaceFile === undefined) continue;
      for (const folder of this.#folders) {
        await this.#readHost(host, { file: path.join(folder, host.workspaceFile), folder, userLevel: false });
      }
    }
    if (!user) return;
    for (const host of HOSTS) {
      for (const file of host.userFiles?.(user) ?? []) {
        await this.#readHost(host, { file, folder: this.#folders[0] ?? user.home, userLevel: true });
      }
    }
  }

  result(): Discovery {
    for (const [name, { at }] of this.#settings) if (!this.#found.has(name)) this.#problems.push(at);
    const servers = [...this.#found.values()].map((server) => ({
      ...server,
      settings: this.#settings.get(server.name)?.settings ?? DEFAULT_SETTINGS,
    }));
    const inputs = [...this.#inputs.values()];
    return {
      servers,
      entries: this.#entries,
      inputs,
      config: this.#config,
      findings: this.#findings,
      observed: [...this.#settings].filter(([, { settings }]) => settings.mode === 'observe').map(([name]) => name),
      problems: this.#problems,
      usable: this.#usable,
      files: this.#files,
    };
  }

  /** Whether the file stands in for the workspace's portcullis.json. */
  async #readConfig(file: string): Promise<boolean> {
    const folder = path.dirname(file);
    const text = await this.#read(file);
    if (text === undefined) {
      this.#usable = false;
      this.#report(file, '', [
        { severity: 'error', message: `There is no file ${file}.`, pointer: '', span: { start: 0, end: 0 } },
      ]);
      return true;
    }
    const host = hostOf(file, text);
    if (host) this.#takeHost(host, text, { file, folder: this.#folders[0] ?? folder, userLevel: false });
    else this.#takePortcullis(text, file, folder);
    return !host;
  }

  async #readPortcullis(file: string, folder: string): Promise<void> {
    const text = await this.#read(file);
    if (text !== undefined) this.#takePortcullis(text, file, folder);
  }

  #takePortcullis(text: string, file: string, folder: string): void {
    const reading = readPortcullis(text, folder);
    this.#report(file, text, reading.problems);
    if (reading.problems.some(({ severity }) => severity === 'error')) this.#usable = false;
    this.#add(reading.servers, 'portcullis', { file, folder, userLevel: false });
    for (const [name, settings] of reading.settings) {
      if (!this.#settings.has(name))
        this.#settings.set(name, { settings, at: located(file, text, undefinedServer(name, reading)) });
    }
    this.#config = { ...reading.config, ...this.#config };
    this.#findings = {
      rules: { ...reading.findings.rules, ...this.#findings.rules },
      excused: [...this.#findings.excused, ...reading.findings.excused],
    };
  }

  async #readHost(host: Host, place: Place): Promise<void> {
    const text = await this.#read(place.file);
    if (text !== undefined) this.#takeHost(host, text, place);
  }

  #takeHost(host: Host, text: string, place: Place): void {
    const { root, problems } = readText(host, text);
    this.#report(place.file, text, problems);
    if (root?.kind !== 'object') return;
    const reading = host.read(root, { folders: this.#folders });
    this.#report(place.file, text, reading.problems);
    // What leads to the gateway is no server that it could serve.
    const direct = reading.servers.filter(({ launch }) => !leadsToGateway(launch));
    this.#add(direct, host.id, place);
    for (const { name, launch, span } of direct) {
      const [start, end] = [positionIn(text, span.start), positionIn(text, span.end)];
      this.#entries.push({ name, launch, origin: originOf(host.id, place), start, end });
    }
    for (const input of reading.inputs) this.#addInput(place.userLevel ? { ...input, userLevel: true } : input);
  }

  #add(servers: readonly FoundServer[], host: string, place: Place): void {
    for (const { name, launch } of servers)
      if (!this.#found.has(name)) this.#found.set(name, { name, launch, origin: originOf(host, place) });
  }

  #addInput(input: InputDefinition): void {
    const key = `${input.userLevel ?? false} ${input.id}`;
    if (!this.#inputs.has(key)) this.#inputs.set(key, input);
  }

  async #read(file: string): Promise<string | undefined> {
    this.#files.push(file);
    try {
      return await this.#options.readFile(file);
    } catch (error) {
      const message = `This file cannot be read: ${(error as Error).message}. Mend or remove it.`;
      this.#report(file, '', [{ severity: 'error', message, pointer: '', span: { start: 0, end: 0 } }]);
      if (path.basename(file) === 'portcullis.json') this.#usable = false;
      return undefined;
    }
  }

  #report(file: string, text: string, problems: readonly NodeProblem[]): void {
    for (const problem of problems) this.#problems.push(located(file, text, problem));
  }
}

function originOf(host: string, { file, folder, userLevel }: Place): DirectEntry['origin'] {
  return { host, file, folder, ...(userLevel ? { userLevel } : {}) };
}

function undefinedServer(name: string, { root }: PortcullisReading): NodeProblem {
  const message = `No server "${name}" is defined. Add "command" or "url" here, or correct the name.`;
  const node = root && memberOf(memberOf(root, 'servers'), name);
  const place =
    root && node ? placeOf(root, pointerOf(['servers', name])) : { pointer: '', span: { start: 0, end: 0 } };
  return { severity: 'warning', message, ...place };
}

/** The format of a file that was named by hand: its name says it, else its content. Undefined: portcullis.json's. */
function hostOf(file: string, text: string): Host | undefined {
  const slashed = file.replaceAll('\\', '/');
  const byName = HOSTS.find(
    ({ workspaceFile }) => workspaceFile !== undefined && slashed.endsWith(`/${workspaceFile}`),
  );
  if (byName || path.basename(file) === 'portcullis.json') return byName;
  const { root } = readJsonc(text);
  if (memberOf(root, 'mcpServers')) return HOSTS.find(({ id }) => id === 'claude-code');
  return memberOf(root, 'inputs') ? HOSTS.find(({ id }) => id === 'vscode') : undefined;
}
