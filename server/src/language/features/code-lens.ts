/** Lenses: at the top for which server a policy is and how much of it it covers, above each entry what is decided and a way to try it. */
import type { CodeLens, Command } from 'vscode-languageserver';
import { explainTool, isPattern, type CompiledPolicy } from '../../policy/index.ts';
import { governedTools } from '../completion/context.ts';
import type { DraftMember } from '../document/draft.ts';
import { nodeAt } from '../document/place.ts';
import type { PolicyView } from '../document/policy-view.ts';
import { label } from '../document/prose.ts';
import type { Settings } from '../settings.ts';
import { riskOf, type KnownTools, type ListState } from '../tools/known-tools.ts';
import { standingWords } from '../tools/standing-words.ts';

/** Contributed by the client. Argument: the server's name. */
const REFRESH_COMMAND = 'portcullis.refreshTools';
/** Contributed by the client. */
const AUDIT_COMMAND = 'portcullis.showAudit';

export interface LensOptions {
  readonly trusted: boolean;
  readonly show: Settings['lens'];
  /** Tries a call of a tool out. Arguments: the policy's URI, the tool's name. Absent: the editor cannot. */
  readonly evaluateCommand?: string;
  /** Shows what an edit would have changed. Argument: the policy's URI. Absent: the editor cannot, or nothing was recorded. */
  readonly replayCommand?: string;
}

export function codeLenses(view: PolicyView, tools: KnownTools, options: LensOptions): CodeLens[] {
  const { show, trusted, replayCommand } = options;
  const entries = nodeAt(view.draft, ['tools']);
  const members = entries?.kind === 'object' ? entries.members : [];
  return [
    ...(show.summary ? [summary(view, tools, trusted)] : []),
    ...(show.summary && replayCommand !== undefined ? [replaying(view, replayCommand)] : []),
    ...members.flatMap((member) => entryLenses(view, member, tools, options)),
  ];
}

function summary(view: PolicyView, tools: KnownTools, trusted: boolean): CodeLens {
  const start = view.draft?.start ?? 0;
  const range = view.range({ start, end: start });
  if (tools.server === undefined) return { range, command: saying(withoutServer(tools)) };
  const words = [
    label(tools.server),
    countWords(tools),
    coverage(view.policy, tools),
    stateWords(tools.state, trusted),
  ];
  const title = words.filter((part) => part !== '').join(' · ');
  const refresh = { title, command: REFRESH_COMMAND, arguments: [tools.server] };
  return { range, command: trusted ? refresh : saying(title) };
}

function replaying(view: PolicyView, command: string): CodeLens {
  const start = view.draft?.start ?? 0;
  const title = 'Replay last week…';
  return { range: view.range({ start, end: start }), command: { title, command, arguments: [view.uri] } };
}

/** A lens that says something and does nothing. */
const saying = (title: string): Command => ({ title, command: '' });

function withoutServer({ serverNames }: KnownTools): string {
  if (serverNames.length === 0) return 'No MCP server is configured for this policy';
  return 'Several MCP servers are configured: name one as "server"';
}

function countWords({ catalog }: KnownTools): string {
  const count = catalog?.tools.length;
  return count === undefined ? '' : `${count} ${count === 1 ? 'tool' : 'tools'}`;
}

/** `41 critical, 3 uncovered`: tools that nothing in the policy speaks of by name or pattern. */
function coverage(policy: CompiledPolicy | undefined, { catalog }: KnownTools): string {
  const tools = catalog?.tools ?? [];
  const critical = tools.filter((tool) => riskOf(tool).level === 'critical').length;
  const uncovered = policy === undefined ? 0 : tools.filter(({ name }) => isUncovered(policy, name)).length;
  const counts = [[critical, 'critical'] as const, [uncovered, 'uncovered'] as const];
  return counts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ');
}

function isUncovered(policy: CompiledPolicy, name: string): boolean {
  const { standing, rulesets } = explainTool(policy, name);
  return standing !== 'hidden' && rulesets.every(({ key }) => key === undefined || key === '*');
}

function stateWords({ state, problem }: ListState, trusted: boolean): string {
  switch (state) {
    case 'live':
      return 'live';
    case 'listing':
      return 'listing tools…';
    case 'snapshot':
      return trusted ? 'saved list' : 'saved list (workspace not trusted)';
    case 'failed':
      return `not reachable: ${label(problem ?? 'no reason given', 80)}`;
    case 'unknown':
      return trusted ? 'tools not listed yet' : 'tools unknown (workspace not trusted)';
  }
}

function entryLenses(view: PolicyView, { key }: DraftMember, tools: KnownTools, options: LensOptions): CodeLens[] {
  const { show, evaluateCommand } = options;
  const name = String(key.value);
  const range = view.range(key);
  if (isPattern(name)) return show.decisions ? matchesOf(name, tools).map((command) => ({ range, command })) : [];
  const evaluating = { title: 'Evaluate', command: evaluateCommand ?? '', arguments: [view.uri, name] };
  return [
    ...(show.decisions && view.policy ? [{ range, command: decided(view.policy, name, tools) }] : []),
    ...(show.evaluate && evaluateCommand !== undefined ? [{ range, command: evaluating }] : []),
  ];
}

function matchesOf(pattern: string, tools: KnownTools): readonly Command[] {
  if (tools.catalog === undefined) return [];
  const count = governedTools(tools, { kind: 'entry', key: pattern }).length;
  return [saying(`matches ${count} ${count === 1 ? 'tool' : 'tools'}`)];
}

/** What holds for the tool, and whether agents have run into it. */
function decided(policy: CompiledPolicy, name: string, { denials }: KnownTools): Command {
  const words = standingWords(explainTool(policy, name));
  const count = denials?.get(name) ?? 0;
  if (count === 0) return saying(words);
  return { title: `${words} · ${count} denied in the last day`, command: AUDIT_COMMAND };
}
