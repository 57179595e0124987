/** A person decides on a call that waits: all of it in a document, and the choices above. Denying is what Enter does. */
import * as vscode from 'vscode';
import type { Choice, PendingCall } from '../../../server/src/protocol/approval.ts';
import type { App } from '../app.ts';
import { openPolicy, policyOf, showAt } from '../commands/openPolicy.ts';
import { riskStrings } from '../webview/audit/strings.ts';
import { countdown } from '../webview/countdown.ts';
import { shortened } from '../webview/visible.ts';
import { notices } from '../views/notices.ts';

type Action = Choice | 'explain' | 'rule';

interface ActionPick extends vscode.QuickPickItem {
  readonly action: Action;
}

/** `id`: of the call; without one the person chooses among those that wait. */
export async function reviewApproval(app: App, id?: unknown): Promise<void> {
  const call = await chooseCall(app, id);
  if (call === undefined) return;
  await app.approvals.documents.show(call);
  const action = await askFor(app, call);
  await act(app, call, action);
}

/** From where only a part of the call can be seen: enough to refuse it. */
export async function denyApproval(app: App, id?: unknown): Promise<void> {
  const call = app.approvals.calls.find((each) => each.id === id);
  if (call) await decide(app, call, 'deny');
}

async function chooseCall(app: App, id: unknown): Promise<PendingCall | undefined> {
  const { calls } = app.approvals;
  const named = calls.find((call) => call.id === id);
  if (named) return named;
  if (calls.length === 0) void notices.inform(vscode.l10n.t('No call waits for approval.'));
  if (calls.length <= 1) return calls[0];
  const items = calls.map((call) => ({
    label: shortened(call.tool),
    description: call.risk === '' ? '' : riskStrings()[call.risk],
    detail: `${call.server} · ${nameOf(call)} · ${countdown(call.expiresAt, Date.now())}`,
    call,
  }));
  const placeHolder = vscode.l10n.t('Which call do you want to decide on?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.call;
}

/** Stays open while the person reads the document; closes by itself when the call waits no more. */
function askFor(app: App, call: PendingCall): Promise<Action | undefined> {
  const pick = vscode.window.createQuickPick<ActionPick>();
  pick.items = actionsFor(call);
  pick.ignoreFocusOut = true;
  pick.placeholder = vscode.l10n.t('{0} wants to call {1}. Read all of it below.', nameOf(call), shortened(call.tool));
  const tick = (): void => {
    pick.title = vscode.l10n.t('Approve {0}? {1} left', shortened(call.tool), countdown(call.expiresAt, Date.now()));
  };
  tick();
  const ticking = setInterval(tick, 1_000);
  const gone = app.approvals.onDidChange(() => {
    if (!app.approvals.isWaiting(call)) pick.hide();
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.action);
      pick.hide();
    });
    pick.onDidHide(() => {
      clearInterval(ticking);
      gone.dispose();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function actionsFor({ mayRemember }: PendingCall): readonly ActionPick[] {
  const session: ActionPick = {
    action: 'session',
    label: `$(pass-filled) ${vscode.l10n.t('Allow for This Session')}`,
    description: vscode.l10n.t('the same call with the same arguments, until policy or tool change'),
  };
  return [
    { action: 'deny', label: `$(circle-slash) ${vscode.l10n.t('Deny')}` },
    { action: 'explain', label: `$(comment) ${vscode.l10n.t('Deny with a Message…')}` },
    { action: 'once', label: `$(pass) ${vscode.l10n.t('Allow Once')}` },
    ...(mayRemember ? [session] : []),
    {
      action: 'rule',
      label: `$(go-to-file) ${vscode.l10n.t('Write a Rule…')}`,
      description: vscode.l10n.t('denies this call and opens the policy'),
    },
  ];
}

async function act(app: App, call: PendingCall, action: Action | undefined): Promise<void> {
  switch (action) {
    case undefined:
      return;
    case 'explain': {
      const prompt = vscode.l10n.t('What the agent is told, beside that its call was refused');
      const message = await notices.ask({ prompt, ignoreFocusOut: true });
      return message === undefined ? undefined : await decide(app, call, 'deny', message);
    }
    case 'rule':
      await decide(app, call, 'deny');
      return await openRuleOf(app, call);
    default:
      return await decide(app, call, action);
  }
}

async function decide(app: App, call: PendingCall, choice: Choice, message?: string): Promise<void> {
  const answer = await app.approvals.decide(call, choice, message);
  await app.approvals.documents.close(call);
  if (!answer.ok) void notices.warn(answer.problem);
}

async function openRuleOf(app: App, { server, rule, tool }: PendingCall): Promise<void> {
  const policy = policyOf(app, server);
  if (policy === undefined) return await openPolicy(app);
  await showAt(policy, await app.language.locateRule({ uri: policy.toString(), rule, tool }));
}

const nameOf = ({ client, grant }: PendingCall): string => (client === '' ? grant : client);
