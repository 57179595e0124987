/** Whether a server is started or reached in another way: any difference may run another program or reach another place, so none is small. */
import { canonicalJson } from '../catalog/index.ts';
import type { Launch, RemoteLaunch, StdioLaunch } from '../mcp/definition.ts';
import type { Loosening } from './loosening.ts';

type Change = Omit<Loosening, 'about'>;
type Texts = Readonly<Record<string, string>>;

export interface ComparedDefinition {
  readonly launch: Launch;
  /** Format of its file, which says what variables mean. */
  readonly host: string;
  /** What `${workspaceFolder}` and relative paths refer to: absolute. */
  readonly folder: string;
  /** Defaults of the `${input:…}` in it, by id. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Empty: it is the same. */
export function loosenedDefinition(before: ComparedDefinition, after: ComparedDefinition): readonly Change[] {
  return [
    ...loosenedLaunch(before.launch, after.launch),
    ...changed(before.folder, after.folder, 'works in another folder'),
    ...(before.host === after.host || !hasVariables(after)
      ? []
      : [{ what: 'its variables are those of another format' }]),
    ...others('the default of the input', before.inputs, after.inputs),
  ];
}

export function newDefinition({ launch }: ComparedDefinition): Change {
  return launch.kind === 'stdio'
    ? { what: 'is new, a program', detail: commandLine(launch) }
    : { what: 'is new, a remote server', detail: shownAddress(launch) };
}

function loosenedLaunch(before: Launch, after: Launch): readonly Change[] {
  if (before.kind === 'stdio' && after.kind === 'stdio') return loosenedProgram(before, after);
  if (before.kind !== 'stdio' && after.kind !== 'stdio') return loosenedRemote(before, after);
  return after.kind === 'stdio'
    ? [{ what: 'is a program now', detail: commandLine(after) }]
    : [{ what: 'is remote now', detail: shownAddress(after) }];
}

function loosenedProgram(before: StdioLaunch, after: StdioLaunch): readonly Change[] {
  return [
    ...(commandLine(before) === commandLine(after)
      ? []
      : [{ what: 'runs another command', detail: `${commandLine(after)} in place of ${commandLine(before)}` }]),
    ...changed(before.cwd, after.cwd, 'is started in another folder'),
    ...changed(before.envFile, after.envFile, 'reads its environment from another file'),
    ...others('the environment variable', before.env, after.env),
  ];
}

function loosenedRemote(before: RemoteLaunch, after: RemoteLaunch): readonly Change[] {
  const isSame = before.url === after.url && before.kind === after.kind;
  return [
    ...(isSame ? [] : [{ what: 'is reached at another address', detail: shownAddress(after) }]),
    ...others('the header', before.headers, after.headers),
    ...changed(
      canonicalJson(before.oauth ?? {}),
      canonicalJson(after.oauth ?? {}),
      'logs in in another way ("oauth")',
      false,
    ),
  ];
}

function changed(
  before: string | undefined,
  after: string | undefined,
  what: string,
  isShown = true,
): readonly Change[] {
  if (before === after) return [];
  return [isShown ? { what, detail: after ?? 'none' } : { what }];
}

/** Values are told to nobody: they may be secrets. */
function others(what: string, before: Texts, after: Texts): readonly Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => valueOf(before, name) !== valueOf(after, name))
    .map((name) => ({ what: `${what} ${name} ${Object.hasOwn(after, name) ? 'has another value' : 'is gone'}` }));
}

function valueOf(texts: Texts, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

function hasVariables({ launch }: ComparedDefinition): boolean {
  return JSON.stringify(launch).includes('${');
}

/** A list, so that it shows where each argument ends. */
function commandLine({ command, args }: StdioLaunch): string {
  return JSON.stringify([command, ...args]);
}

/** Without what may hold a secret. */
function shownAddress({ url }: RemoteLaunch): string {
  return url.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//');
}
