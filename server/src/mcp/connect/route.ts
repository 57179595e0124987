/**
 * Takes the entries out by which a client still goes around the gateway. Where such an entry is what defines the server for the gateway
 * too, the definition moves to portcullis.json first, and only if nothing is lost or laid open by that.
 */
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ConnectPlan, FileChange, Original } from '../../protocol/connect.ts';
import type { Launch, ServerDefinition } from '../definition.ts';
import type { FoundServer, Host } from '../hosts/host.ts';
import { entryAt, valuesOf, withEntry, withoutEntry } from './edit.ts';
import { leadsAround, leadsToGateway } from './governed.ts';
import { serversIn, type Surroundings } from './places.ts';

interface Routing {
  readonly host: Host;
  readonly definition: ServerDefinition;
  readonly originals: readonly Original[];
  /** What connects the client. */
  readonly changes: readonly FileChange[];
}

export async function routeOriginals(routing: Routing, around: Surroundings): Promise<ConnectPlan> {
  const { host, definition, originals } = routing;
  let changes = [...routing.changes];
  if (originals.some(({ file }) => file === definition.origin.file)) {
    const moved = await move(definition, host, around);
    if ('kind' in moved) return moved;
    changes = [moved, ...changes];
  }
  for (const { file, name } of originals) {
    const present = changes.find((change) => change.file === file);
    const before = present ? present.before : await around.readFile(file);
    const after = withoutOriginal(present?.after ?? before ?? '', name, routing, around.folder);
    if (after === undefined) return byHand(file, `Take the entry "${name}" out by hand.`);
    changes = [...changes.filter((change) => change !== present), ...changeOf({ file, before, after })];
  }
  return { kind: 'changes', changes, originals: [] };
}

/** Wherever the client reads it; another server of the same name stays. Undefined: a way around would be left. */
function withoutOriginal(text: string, name: string, routing: Routing, folder: string): string | undefined {
  const { host, definition } = routing;
  const leads = (server: FoundServer): boolean => !leadsToGateway(server.launch) && leadsAround(server, definition);
  let rest = text;
  for (const at of [host.entry.at, host.entry.atFolder?.(folder) ?? []]) {
    const cut = at.length === 0 ? rest : withoutEntry(host, rest, at, name);
    if (cut === undefined) return undefined;
    const left = serversIn(host, cut, folder);
    const gone = serversIn(host, rest, folder).filter(
      (server) => !left.some((each) => each.name === server.name && isDeepStrictEqual(each.launch, server.launch)),
    );
    if (gone.every(leads)) rest = cut;
  }
  return serversIn(host, rest, folder).some((server) => server.name === name && leads(server)) ? undefined : rest;
}

/** None where the text stays. */
export function changeOf({
  file,
  before,
  after,
}: {
  file: string;
  before: string | undefined;
  after: string;
}): readonly FileChange[] {
  if (before === after) return [];
  return [before === undefined ? { file, after } : { file, before, after }];
}

async function move(definition: ServerDefinition, host: Host, around: Surroundings): Promise<FileChange | ConnectPlan> {
  const { name, launch, origin } = definition;
  const file = path.join(around.folder, 'portcullis.json');
  const obstacle = obstacleTo(launch, host, origin.userLevel === true);
  if (obstacle !== undefined)
    return byHand(file, `Define "${name}" in ${file} by hand, and take it out of ${origin.file ?? ''}: ${obstacle}`);
  const before = await around.readFile(file);
  const values = valuesOf({}, before ?? '');
  const settings = values && entryAt(values, ['servers'], name);
  const after =
    values &&
    withEntry({}, before ?? '', ['servers'], name, { ...(settings as object | undefined), ...written(launch) });
  if (after === undefined) return byHand(file, `Mend ${file} first: it cannot be read.`);
  return before === undefined ? { file, after } : { file, before, after };
}

const byHand = (file: string, problem: string): ConnectPlan => ({ kind: 'by hand', file, problem });

/** As in .vscode/mcp.json. */
function written(launch: Launch): Readonly<Record<string, unknown>> {
  const { kind, ...rest } = launch;
  const isEmpty = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return { type: kind, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => !isEmpty(value))) };
}

/** Why the definition must not be copied into the workspace, for people. */
function obstacleTo(launch: Launch, { variables }: Host, isUserLevel: boolean): string | undefined {
  const secrets = launch.kind === 'stdio' ? launch.env : launch.headers;
  if (variables !== 'colon' && JSON.stringify(launch).includes('${'))
    return 'its variables are written in another way there.';
  if (launch.kind !== 'stdio' && launch.oauth !== undefined) return 'its login belongs to one client.';
  const isLiteral = Object.values(secrets).some((value) => !value.includes('${'));
  return isUserLevel && isLiteral
    ? 'values of your own file, which may be secret, do not belong into a workspace.'
    : undefined;
}
