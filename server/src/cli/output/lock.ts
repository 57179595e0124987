/** What has changed about a server's tools, for a person who reviews them: what is suspicious first, every text escaped and whole. */
import {
  diffCatalogs,
  escapeUntrusted,
  hiddenCharacters,
  type Catalog,
  type LockedServer,
  type Tool,
} from '../../catalog/index.ts';
import { unifiedDiff } from './diff.ts';

export interface LockChanges {
  readonly before: LockedServer | undefined;
  readonly after: Catalog;
  /** The server is started or reached in another way. */
  readonly isMoved: boolean;
}

export function printLockChanges(server: string, { after, isMoved }: LockChanges, before: Catalog): string {
  const { added, removed, changed, renamed } = diffCatalogs(before, after);
  const former = new Map(renamed.map((each) => [each.after, each.before]));
  const blocks = [
    ...added.map((tool) => block(`+ ${shown(tool.name)}${origin(former.get(tool.name))}`, undefined, tool)),
    ...changed.map((each) =>
      block(`~ ${shown(each.name)} (${each.fields.map(shown).join(', ')})`, each.before, each.after),
    ),
    ...removed.map(({ name }) => ({ text: `- ${shown(name)}\n`, isSuspicious: false })),
  ];
  const suspicious = blocks.filter(({ isSuspicious }) => isSuspicious);
  const others = blocks.filter(({ isSuspicious }) => !isSuspicious);
  const moved = isMoved ? `${shown(server)} is started or reached in another way than when it was reviewed.\n` : '';
  const twice = duplicates(after).map((name) => `! ${shown(name)} is listed twice, so it cannot be pinned.\n`);
  const text = [moved, ...twice, ...[...suspicious, ...others].map((each) => each.text)]
    .filter((each) => each !== '')
    .join('\n');
  return text === '' ? `The tools of ${shown(server)} are as they were reviewed.\n` : text;
}

interface Block {
  readonly text: string;
  readonly isSuspicious: boolean;
}

function block(title: string, before: Tool | undefined, after: Tool): Block {
  const hidden = hiddenCharacters(JSON.stringify(after));
  const warning = hidden.length === 0 ? '' : `  ! It holds hidden characters: ${hidden.map(shown).join(' ')}\n`;
  const diff = unifiedDiff(before ? pretty(before) : '', pretty(after), shown(after.name));
  return { text: `${title}\n${warning}${safeLines(diff)}`, isSuspicious: hidden.length > 0 };
}

function origin(former: string | undefined): string {
  return former === undefined ? '' : ` (renamed from ${shown(former)})`;
}

function duplicates({ tools }: Catalog): readonly string[] {
  const names = tools.map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function pretty(tool: Tool): string {
  return `${JSON.stringify(tool, undefined, 2)}\n`;
}

function shown(name: string): string {
  return escapeUntrusted(name);
}

/** Nothing is cut: what is not shown would be accepted unseen. */
function safeLines(text: string): string {
  return text.replace(/[^\n]+/g, (line) => escapeUntrusted(line, { max: line.length * 10, lines: true }));
}
