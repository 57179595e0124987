/** Edits of policies, the configuration and the lock that let through more than before: tells of them, and lets a person accept one after seeing what it opens. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { heldEdits, needsRestart, type HeldEdit } from '../gateway/held.ts';
import type { HeldDocuments } from './documents.ts';
import { dialogList } from './heldList.ts';
import { notices } from '../views/notices.ts';

/** One notice for each edit, and one where the gateway has to start again for what was changed. */
export function noticeHeldEdits(gateway: Gateway): vscode.Disposable {
  let noticed = new Set<string>();
  let wasToRestart = false;
  return gateway.onDidChangeState((state) => {
    const held = heldEdits(state);
    for (const edit of held.filter((each) => !noticed.has(keyOf(each)))) void notify(edit);
    noticed = new Set(held.map(keyOf));
    const isToRestart = needsRestart(state);
    if (isToRestart && !wasToRestart) void offerRestart();
    wasToRestart = isToRestart;
  });
}

function keyOf({ what, server, hash }: HeldEdit): string {
  return `${what}\n${server}\n${hash}`;
}

async function notify(edit: HeldEdit): Promise<void> {
  const review = vscode.l10n.t('Review…');
  const first = edit.loosened[0];
  const message = `${waits(edit)} ${first ? `${first.about}: ${first.what}.` : ''}`;
  if ((await notices.warn(message, review)) === review)
    await vscode.commands.executeCommand('portcullis.reviewEdits', keyOf(edit));
}

function waits({ what, server }: HeldEdit): string {
  switch (what) {
    case 'policy':
      return vscode.l10n.t('The edited policy of {0} lets through more than before, so it waits for you.', server);
    case 'configuration':
      return vscode.l10n.t('The edited configuration is looser than the one you have accepted, so it waits for you.');
    case 'lock':
      return vscode.l10n.t('The edited lock file counts more as reviewed than you have accepted, so it waits for you.');
  }
}

async function offerRestart(): Promise<void> {
  const restart = vscode.l10n.t('Restart Gateway');
  const message = vscode.l10n.t('The configuration has changed. It takes effect when the gateway starts again.');
  if ((await notices.inform(message, restart)) === restart)
    await vscode.commands.executeCommand('portcullis.restartGateway');
}

/** `given`: a server's name or an edit's key, where it is known. */
export async function reviewEdits({ gateway, held: documents }: App, given: unknown): Promise<void> {
  const held = heldEdits(gateway.state);
  const edit =
    held.find((each) => keyOf(each) === given || (each.server !== '' && each.server === given)) ?? (await choose(held));
  if (!edit || !(await isAccepted(edit, documents))) return;
  const { what, server, hash } = edit;
  const { problem } = await gateway.accept({ what, server, hash });
  if (problem !== undefined) throw new Error(problem);
}

/** A dialog lies over everything, so what it cannot show whole stands in a document, and the question beside it. */
async function isAccepted(edit: HeldEdit, documents: HeldDocuments): Promise<boolean> {
  const accept = vscode.l10n.t('Accept');
  const detail = dialogList(edit.loosened);
  if (detail !== undefined) return (await notices.warn(question(edit), { modal: true, detail }, accept)) === accept;
  const close = await documents.show(edit);
  const words = vscode.l10n.t('{0} The editor shows the whole list: read it first.', question(edit));
  const answer = await notices.warn(words, accept);
  await close();
  return answer === accept;
}

function question({ what, server }: HeldEdit): string {
  switch (what) {
    case 'policy':
      return vscode.l10n.t('Let this policy of {0} take effect?', server);
    case 'configuration':
      return vscode.l10n.t('Let this configuration take effect at the next start of the gateway?');
    case 'lock':
      return vscode.l10n.t('Let the edited lock file count?');
  }
}

async function choose(held: readonly HeldEdit[]): Promise<HeldEdit | undefined> {
  if (held.length === 0) {
    void notices.inform(vscode.l10n.t('No edit waits.'));
    return undefined;
  }
  if (held.length === 1) return held[0];
  const items = held.map((edit) => ({ label: edit.server || titleOf(edit), description: edit.file, edit }));
  return (await vscode.window.showQuickPick(items))?.edit;
}

function titleOf({ what }: HeldEdit): string {
  return what === 'lock' ? vscode.l10n.t('Lock file') : vscode.l10n.t('Configuration');
}
