/** Edits of policies that let through more than before: tells of them, and lets a person accept one after seeing what it opens. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import type { ServerStatus } from '../../../server/src/protocol/control.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { heldPolicies } from '../gateway/state.ts';

/** Lines of the list that a dialog can show. */
const MAX_LINES = 30;

/** One notice for each edit. */
export function noticeHeldEdits(gateway: Gateway): vscode.Disposable {
  let noticed = new Set<string>();
  return gateway.onDidChangeState((state) => {
    const held = heldPolicies(state);
    for (const server of held.filter((each) => !noticed.has(keyOf(each)))) void notify(server);
    noticed = new Set(held.map(keyOf));
  });
}

function keyOf({ name, policy }: ServerStatus): string {
  return `${name}\n${policy.held?.hash ?? ''}`;
}

async function notify({ name, policy }: ServerStatus): Promise<void> {
  const review = vscode.l10n.t('Review…');
  const first = policy.held?.loosened[0];
  const message = vscode.l10n.t(
    'The edited policy of {0} lets through more than before, so it waits for you. {1}',
    name,
    first ? `${first.about}: ${first.what}.` : '',
  );
  if ((await vscode.window.showWarningMessage(message, review)) === review)
    await vscode.commands.executeCommand('portcullis.acceptPolicy', name);
}

/** `given`: the server's name, where it is known. */
export async function acceptPolicy({ gateway }: App, given: unknown): Promise<void> {
  const held = heldPolicies(gateway.state);
  const server = held.find(({ name }) => name === given) ?? (await choose(held));
  if (!server?.policy.held) return;
  const { hash, loosened } = server.policy.held;
  const accept = vscode.l10n.t('Accept');
  const message = vscode.l10n.t('Let this policy of {0} take effect?', server.name);
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail: listed(loosened) }, accept)) !== accept)
    return;
  const { problem } = await gateway.accept({ what: 'policy', server: server.name, hash });
  if (problem !== undefined) throw new Error(problem);
}

async function choose(held: readonly ServerStatus[]): Promise<ServerStatus | undefined> {
  if (held.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No edited policy waits.'));
    return undefined;
  }
  if (held.length === 1) return held[0];
  const items = held.map((server) => ({ label: server.name, description: server.policy.file ?? '', server }));
  return (await vscode.window.showQuickPick(items))?.server;
}

function listed(loosened: readonly { readonly about: string; readonly what: string }[]): string {
  const lines = loosened.slice(0, MAX_LINES).map(({ about, what }) => `• ${about}: ${what}`);
  const more = loosened.length - lines.length;
  return [...lines, ...(more > 0 ? [vscode.l10n.t('… and {0} more: see "portcullis reload".', more)] : [])].join('\n');
}
