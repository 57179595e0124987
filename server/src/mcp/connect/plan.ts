/** What connecting a client to the gateway, routing it, or undoing that changes in which files. Reads; writes nothing. */
import { stringify } from 'smol-toml';
import type { ConnectParams, ConnectPlan, Original } from '../../protocol/connect.ts';
import type { ServerDefinition } from '../definition.ts';
import { fileReason } from '../fileReasons.ts';
import type { Host } from '../hosts/host.ts';
import { readText } from '../hosts/text.ts';
import { changed, withEntry } from './edit.ts';
import { governedEntry, governedName, leadsAround, leadsToGateway, type Entry } from './governed.ts';
import { fileOf, hostOf, serversIn, type Surroundings } from './places.ts';
import { changeOf, routeOriginals } from './route.ts';
import { undoChange } from './undo.ts';

/** `definition`: of `params.server`, as the gateway reads it. */
export async function planConnection(
  params: ConnectParams,
  definition: ServerDefinition,
  around: Surroundings,
): Promise<ConnectPlan> {
  const host = hostOf(params.client);
  const file = host && fileOf(host, params.scope, around);
  if (host === undefined || file === undefined)
    return { kind: 'by hand', file: '', problem: `${host?.label ?? params.client} has no such configuration.` };
  const read = await around.readFile(file).then(
    (text) => ({ text }),
    (error: unknown) => ({ problem: `It cannot be read: ${fileReason(error)}.` }),
  );
  if ('problem' in read) return { kind: 'by hand', file, problem: read.problem };
  const before = read.text;
  if (params.action === 'undo') return await undoChange({ host, file, before, server: params.server }, around);
  const plan = add({ host, file, before, params, folder: around.folder });
  if (plan.kind === 'by hand') return plan;
  const originals = await originalsOf(host, definition, around);
  if (params.action === 'connect' || originals.length === 0) return { ...plan, originals };
  return await routeOriginals({ host, definition, originals, changes: plan.changes }, around);
}

interface Adding {
  readonly host: Host;
  readonly file: string;
  readonly before: string | undefined;
  readonly params: ConnectParams;
  readonly folder: string;
}

function add({ host, file, before, params, folder }: Adding): ConnectPlan {
  const name = governedName(params.server);
  const entry = governedEntry(host.entry, host.id, params);
  const foreign = serversIn(host, before ?? '', folder).some(
    (each) => each.name === name && !leadsToGateway(each.launch),
  );
  const after = foreign ? undefined : withEntry(host, before ?? '', host.entry.at, name, entry);
  if (after === undefined) {
    const problem = foreign ? `It has a server "${name}" that is not ours.` : whyByHand(host, before ?? '');
    return { kind: 'by hand', file, problem, snippet: snippetOf(host, name, entry) };
  }
  return { kind: 'changes', changes: changeOf({ file, before, after }), originals: [] };
}

function whyByHand(host: Host, text: string): string {
  const [first] = readText(host, text).problems;
  if (first === undefined) return 'It is written in a way that must be edited by hand.';
  const [what = ''] = first.message.split('. ');
  const line = host.format === 'toml' ? '' : ` (line ${String(text.slice(0, first.span.start).split('\n').length)})`;
  return `${what}${line}. Mend it, or put the entry in by hand.`;
}

function snippetOf(host: Host, name: string, entry: Entry): string {
  const whole = changed({}, [...host.entry.at, name], entry);
  return host.format === 'toml' ? stringify(whole) : `${JSON.stringify(whole, null, 2)}\n`;
}

/** In every file of the client's: it reads all of them. */
async function originalsOf(
  host: Host,
  definition: ServerDefinition,
  around: Surroundings,
): Promise<readonly Original[]> {
  const files = (['folder', 'user'] as const).flatMap((scope) => fileOf(host, scope, around) ?? []);
  const found = await Promise.all(
    files.map(async (file) => {
      const servers = serversIn(host, (await around.readFile(file).catch(() => undefined)) ?? '', around.folder);
      return servers
        .filter((each) => !leadsToGateway(each.launch) && leadsAround(each, definition))
        .map((each) => ({ file, name: each.name }));
    }),
  );
  return found.flat();
}
