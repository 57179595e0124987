/** What the menus of the tree do: the commands that are there anyhow, about the row that was chosen. */
import * as vscode from 'vscode';
import type { RuleEditParams } from '../../../server/src/protocol/language.ts';
import type { ReviewTarget } from '../../../server/src/protocol/review.ts';
import type { App } from '../app.ts';
import { createPolicy } from '../commands/createPolicy.ts';
import { showAt } from '../commands/openPolicy.ts';
import { addRule } from '../commands/openRule.ts';
import { refreshTools } from '../commands/tools.ts';
import { connectClient } from '../connect/connectClient.ts';
import { acceptTool, reviewTools, showDifference } from '../drift/review.ts';
import type { Node } from './tree.ts';

type Action = (app: App, node?: unknown) => Promise<void>;

/** By id, without the extension's prefix; VS Code calls them with the row. */
export const treeCommands: Readonly<Record<string, Action>> = {
  'servers.allowTool': changing('allow'),
  'servers.denyTool': changing('deny'),
  'servers.hideTool': changing('hide'),
  'servers.approveTool': changing('approve'),
  'servers.reviewTools': reviewing(reviewTools),
  'servers.showDifference': reviewing(showDifference),
  'servers.acceptTool': reviewing(acceptTool),
  'servers.openDefinition': async (_app, node) => {
    const file = asNode(node)?.server.definedIn;
    if (file !== undefined) await showAt(vscode.Uri.file(file));
  },
  'servers.openPolicy': async (_app, node) => {
    const uri = asNode(node)?.server.policyUri;
    if (uri !== undefined) await showAt(vscode.Uri.parse(uri));
  },
  'servers.createPolicy': (app, node) => createPolicy(app, asNode(node)?.server.name),
  'servers.connectClient': (app, node) => connectClient(app, asNode(node)?.server.name),
  'servers.refreshTools': (app, node) => refreshTools(app, asNode(node)?.server.name),
};

/** The edit is left unsaved, as that of every refactoring. */
function changing(change: RuleEditParams['change']): Action {
  return async (app, given) => {
    const node = asNode(given);
    if (node?.kind !== 'tool' || node.server.policyUri === undefined) return;
    const uri = node.server.policyUri;
    await addRule(app, { uri, tool: node.tool.name, change }, vscode.Uri.parse(uri));
  };
}

function reviewing(review: (app: App, target: ReviewTarget) => Promise<void>): Action {
  return async (app, given) => {
    const node = asNode(given);
    if (node === undefined) return;
    await review(app, { server: node.server.name, ...(node.kind === 'tool' && { tool: node.tool.name }) });
  };
}

const asNode = (value: unknown): Node | undefined =>
  typeof value === 'object' && value !== null && 'kind' in value && 'server' in value ? (value as Node) : undefined;
