/** "Route Cursor through the gateway…": the action of a policy that a client goes around. What it changes is shown by the editor before anything is written. */
import type { CodeAction } from 'vscode-languageserver';
import type { RouteTarget } from '../../protocol/connect.ts';
import type { Span } from '../../policy/json/node.ts';
import type { PolicyView } from '../document/policy-view.ts';
import type { KnownTools } from '../tools/known-tools.ts';
import type { DirectWay } from '../ways-around.ts';
import { askingAction, touched } from './code-actions.ts';

/**
 * One for each file by which a client goes around the policy.
 * @param command - The editor's command that shows the change and asks.
 */
export function routeActions(view: PolicyView, selection: Span, tools: KnownTools, command: string): CodeAction[] {
  const { server, ways = [] } = tools;
  const found = touched(view.findings(tools), selection).find(({ code }) => code === 'not-through-gateway');
  if (server === undefined || found === undefined) return [];
  return byFile(ways).map(({ id: client, client: label, scope, folder, shownFile }) => {
    const title = `Route ${label} through the gateway (${shownFile})…`;
    const target: RouteTarget = { folder, client, scope, server };
    return { ...askingAction(found, view, { title, command, arguments: [target] }), isPreferred: true };
  });
}

/** A file may have several entries for a server: they are closed together. */
function byFile(ways: readonly DirectWay[]): readonly DirectWay[] {
  return [...new Map(ways.map((way) => [way.file, way])).values()];
}
