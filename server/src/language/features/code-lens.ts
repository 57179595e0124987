/** The lens at the top of a policy: for which server, how many tools, how current. */
import type { CodeLens } from 'vscode-languageserver';
import type { PolicyView } from '../document/policy-view.ts';
import { label } from '../document/prose.ts';
import type { KnownTools, ListState } from '../tools/known-tools.ts';

/** Contributed by the client. Argument: the server's name. */
const REFRESH_COMMAND = 'portcullis.refreshTools';

export function codeLenses(view: PolicyView, tools: KnownTools, trusted: boolean): CodeLens[] {
  const start = view.draft?.start ?? 0;
  const range = view.range({ start, end: start });
  if (tools.server === undefined) return [{ range, command: { title: withoutServer(tools), command: '' } }];
  const server = label(tools.server);
  const title = [server, countWords(tools), stateWords(tools.state, trusted)].filter((part) => part !== '').join(' · ');
  const command = { title, command: REFRESH_COMMAND, arguments: [tools.server] };
  return [{ range, command: trusted ? command : { title, command: '' } }];
}

function withoutServer({ serverNames }: KnownTools): string {
  if (serverNames.length === 0) return 'No MCP server is configured for this policy';
  return 'Several MCP servers are configured: name one as "server"';
}

function countWords({ catalog }: KnownTools): string {
  const count = catalog?.tools.length;
  return count === undefined ? '' : `${count} ${count === 1 ? 'tool' : 'tools'}`;
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
