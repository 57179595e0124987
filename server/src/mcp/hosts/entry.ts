/** Reads the object of servers that every format has in some form, and each server in it. */
import { arrayAt, memberOf, objectAt } from '../../policy/json/access.ts';
import type { JsonNode, JsonObject, Span } from '../../policy/json/node.ts';
import { pointerOf } from '../../policy/json/pointer.ts';
import type { Launch, OAuthSettings } from '../definition.ts';
import type { FoundServer, HostReading, NodeProblem } from './host.ts';

/** How a format differs from the others. */
export interface EntryRules {
  /** Key of a remote server's address. Default `url`. */
  readonly url?: string;
  /** What an address without `type` is: Claude Code takes such an entry for a command and skips it. Default `http`. */
  readonly untyped?: 'http' | 'unusable';
  /** Entries that are not meant to define a server. */
  readonly ignore?: (entry: JsonNode) => boolean;
}

/** Servers in the object at `path`; none when nothing stands there. */
export function readServers(root: JsonNode, path: readonly string[], rules: EntryRules = {}): HostReading {
  const reading = { servers: [] as FoundServer[], inputs: [], problems: [] as NodeProblem[] };
  let node: JsonNode | undefined = root;
  for (const key of path) node = memberOf(node, key);
  if (!node) return reading;
  if (node.kind !== 'object') {
    reading.problems.push(error(node, path, `"${path.at(-1)}" must be an object of servers by name.`));
    return reading;
  }
  for (const [name, { key, value }] of node.members) {
    if (rules.ignore?.(value)) continue;
    const entry = new Entry([...path, name], key, rules);
    const launch = entry.read(value);
    reading.problems.push(...entry.problems);
    if (launch) reading.servers.push({ name, launch, span: { start: key.start, end: value.end } });
  }
  return reading;
}

const KINDS: Readonly<Record<string, Launch['kind']>> = {
  stdio: 'stdio',
  http: 'http',
  'streamable-http': 'http',
  streamableHttp: 'http',
  sse: 'sse',
};

const OAUTH_TEXTS = ['clientId', 'clientSecret', 'issuer'] as const;

class Entry {
  readonly problems: NodeProblem[] = [];
  readonly #path: readonly string[];
  readonly #key: Span;
  readonly #rules: EntryRules;

  constructor(path: readonly string[], key: Span, rules: EntryRules) {
    this.#path = path;
    this.#key = key;
    this.#rules = rules;
  }

  /** Undefined when the server is switched off or cannot be used; the latter leaves a problem. */
  read(value: JsonNode): Launch | undefined {
    if (value.kind !== 'object') return this.#refuse(value, [], 'A server must be an object.');
    if (isOff(value)) return undefined;
    const kind = this.#kind(value);
    if (!kind) return undefined;
    const launch = kind === 'stdio' ? this.#stdio(value) : this.#remote(value, kind);
    return this.problems.length === 0 ? launch : undefined;
  }

  #kind(entry: JsonObject): Launch['kind'] | undefined {
    const { url = 'url', untyped = 'http' } = this.#rules;
    const type = memberOf(entry, 'type') ?? memberOf(entry, 'transport');
    if (type) {
      const kind = type.kind === 'string' && Object.hasOwn(KINDS, type.value) ? KINDS[type.value] : undefined;
      return (
        kind ?? this.#refuse(type, ['type'], 'This kind of server cannot be reached. Use "stdio", "http" or "sse".')
      );
    }
    if (memberOf(entry, 'command')) return 'stdio';
    const address = memberOf(entry, url);
    if (!address) return this.#refuse(this.#key, [], `A server needs "command" or "${url}".`);
    if (untyped === 'http') return 'http';
    return this.#refuse(
      address,
      [url],
      'Without "type" this entry is taken for a command and skipped. Add "type": "http".',
    );
  }

  #stdio(entry: JsonObject): Launch {
    const cwd = this.#text(entry, 'cwd');
    const envFile = this.#text(entry, 'envFile');
    return {
      kind: 'stdio',
      command: this.#demand(entry, 'command'),
      args: this.#args(entry),
      env: this.#record(entry, 'env'),
      ...(cwd === undefined ? {} : { cwd }),
      ...(envFile === undefined ? {} : { envFile }),
    };
  }

  #remote(entry: JsonObject, kind: 'http' | 'sse'): Launch {
    const url = this.#demand(entry, this.#rules.url ?? 'url');
    const oauth = this.#oauth(entry);
    return { kind, url, headers: this.#record(entry, 'headers'), ...(oauth ? { oauth } : {}) };
  }

  /** Products keep further keys here, which are theirs. */
  #oauth(entry: JsonObject): OAuthSettings | undefined {
    const node = memberOf(entry, 'oauth');
    if (!node || node.kind === 'null') return undefined;
    if (node.kind !== 'object') return this.#refuse(node, ['oauth'], '"oauth" must be an object.');
    const texts = OAUTH_TEXTS.flatMap((key): [string, string][] => {
      const value = this.#text(node, key, ['oauth']);
      return value === undefined ? [] : [[key, value]];
    });
    const port = memberOf(node, 'callbackPort');
    return { ...Object.fromEntries(texts), ...(port?.kind === 'number' ? { callbackPort: Number(port.text) } : {}) };
  }

  #demand(entry: JsonObject, key: string): string {
    const value = this.#text(entry, key);
    if (value === undefined && !memberOf(entry, key)) this.#refuse(this.#key, [], `This server needs "${key}".`);
    return value ?? '';
  }

  #text(entry: JsonObject, key: string, within: readonly string[] = []): string | undefined {
    const value = memberOf(entry, key);
    if (!value || value.kind === 'null') return undefined;
    if (value.kind === 'string' && value.value !== '') return value.value;
    return this.#refuse(value, [...within, key], `"${key}" must be a text that is not empty.`);
  }

  #args(entry: JsonObject): string[] {
    const node = memberOf(entry, 'args');
    if (node && node.kind !== 'array') this.#refuse(node, ['args'], '"args" must be an array of texts.');
    return (arrayAt(entry, 'args')?.items ?? []).flatMap((item, index) => {
      if (item.kind === 'string') return [item.value];
      this.#refuse(item, ['args', String(index)], 'An argument must be a text: put it in quotation marks.');
      return [];
    });
  }

  /** Numbers become their text; null means: not set. */
  #record(entry: JsonObject, key: string): Record<string, string> {
    const node = memberOf(entry, key);
    if (node && node.kind !== 'object') this.#refuse(node, [key], `"${key}" must be an object of texts.`);
    const members = [...(objectAt(entry, key)?.members ?? [])].flatMap(([name, { value }]): [string, string][] => {
      if (value.kind === 'string') return [[name, value.value]];
      if (value.kind === 'number') return [[name, value.text]];
      if (value.kind !== 'null')
        this.#refuse(value, [key, name], `"${name}" must be a text: put it in quotation marks.`);
      return [];
    });
    return Object.fromEntries(members);
  }

  #refuse(span: Span, path: readonly string[], message: string): undefined {
    this.problems.push(error(span, [...this.#path, ...path], message));
  }
}

/** Several products have a switch in the entry. */
function isOff(entry: JsonObject): boolean {
  const [disabled, enabled] = [memberOf(entry, 'disabled'), memberOf(entry, 'enabled')];
  return (disabled?.kind === 'boolean' && disabled.value) || (enabled?.kind === 'boolean' && !enabled.value);
}

function error({ start, end }: Span, path: readonly string[], message: string): NodeProblem {
  return { severity: 'error', message, pointer: pointerOf(path), span: { start, end } };
}
