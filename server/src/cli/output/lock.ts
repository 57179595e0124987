/** What has changed about a server's tools, for a person who reviews them: what is suspicious first, every text escaped and whole. */
import {
  escapeUntrusted,
  readableLines,
  changedTools,
  type LockedServer,
  type Tool,
  type ToolChange,
} from '../../catalog/index.ts';
import { unifiedDiff } from './diff.ts';

export interface LockChanges {
  readonly before: LockedServer | undefined;
  readonly now: LockedServer;
  /** Names that the server lists twice, so that none of them can be pinned. */
  readonly twice: readonly string[];
}

export function printLockChanges(server: string, { before, now, twice }: LockChanges): string {
  const changes = changedTools(before, now);
  const isMoved = before !== undefined && before.definition !== now.definition;
  const text = [
    isMoved ? `${shown(server)} is started or reached in another way than when it was reviewed.\n` : '',
    ...twice.map((name) => `! ${shown(name)} is listed twice, so it cannot be pinned.\n`),
    ...changes.filter(({ kind }) => kind !== 'gone').map(block),
    ...changes.flatMap(goneName).map((name) => `- ${shown(name)}\n`),
  ];
  const said = text.filter((each) => each !== '').join('\n');
  return said === '' ? `The tools of ${shown(server)} are as they were reviewed.\n` : said;
}

function block({ kind, name, before, after, fields, hidden }: ToolChange): string {
  const origin = kind === 'renamed' && before ? ` (renamed from ${shown(before.definition.name)})` : '';
  const title = kind === 'changed' ? `~ ${shown(name)} (${fields.map(shown).join(', ')})` : `+ ${shown(name)}${origin}`;
  const warning = hidden.length === 0 ? '' : `  ! It holds hidden characters: ${hidden.map(shown).join(' ')}\n`;
  const former = kind === 'changed' && before ? pretty(before.definition) : '';
  const diff = unifiedDiff(former, after ? pretty(after.definition) : '', shown(name));
  return `${title}\n${warning}${readableLines(diff)}`;
}

/** A renamed tool is gone under its former name. */
function goneName({ kind, name, before }: ToolChange): readonly string[] {
  if (kind === 'gone') return [name];
  return kind === 'renamed' && before ? [before.definition.name] : [];
}

function pretty(tool: Tool): string {
  return `${JSON.stringify(tool, undefined, 2)}\n`;
}

function shown(name: string): string {
  return escapeUntrusted(name);
}
