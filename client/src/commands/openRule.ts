/** From a call in the audit view to the rule that decided it; where no rule did, to one that would. */
import * as vscode from 'vscode';
import type { RuleEditParams } from '../../../server/src/protocol/language.ts';
import type { App } from '../app.ts';
import type { AuditRow } from '../webview/audit/messages.ts';
import { openPolicy, policyOf, showAt } from './openPolicy.ts';
import { notices } from '../views/notices.ts';

interface ChangePick extends vscode.QuickPickItem {
  readonly change?: RuleEditParams['change'];
}

/** Rules that stand for the absence of one (policy language §3). */
const ABSENT = new Set(['(default deny)', '(unknown tool)', '(unsafe name)']);

export async function openRule(app: App, row: AuditRow): Promise<void> {
  const policy = policyOf(app, row.server);
  if (policy === undefined) return await openPolicy(app);
  if (ABSENT.has(row.rule)) return await offerRule(app, row, policy);
  const params = { uri: policy.toString(), rule: row.rule, tool: row.tool };
  const range = await app.language.locateRule(params);
  if (range !== undefined) return await showAt(policy, range);
  // An allowed call may rest on the default alone; a denial's rule may be gone since.
  await offerRule(app, row, policy);
}

async function offerRule(app: App, row: AuditRow, policy: vscode.Uri): Promise<void> {
  const items: ChangePick[] = [
    { label: `$(pass) ${vscode.l10n.t('Allow this tool')}`, change: 'allow' },
    { label: `$(circle-slash) ${vscode.l10n.t('Deny this tool')}`, change: 'deny' },
    {
      label: `$(eye-closed) ${vscode.l10n.t('Hide this tool')}`,
      description: vscode.l10n.t('agents do not see it'),
      change: 'hide',
    },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(go-to-file) ${vscode.l10n.t('Open the policy')}` },
  ];
  const title = vscode.l10n.t('{0}: no rule names this tool', row.tool);
  const placeHolder = vscode.l10n.t('Add a rule to {0}', vscode.workspace.asRelativePath(policy));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (picked === undefined) return;
  if (picked.change === undefined) return await showDefault(app, row, policy);
  await addRule(app, { uri: policy.toString(), tool: row.tool, change: picked.change }, policy);
}

async function showDefault(app: App, row: AuditRow, policy: vscode.Uri): Promise<void> {
  await showAt(
    policy,
    await app.language.locateRule({ uri: policy.toString(), rule: '(default deny)', tool: row.tool }),
  );
}

/** The edit is left unsaved: it takes effect when the person saves it, and undo takes it back. */
export async function addRule(app: App, params: RuleEditParams, policy: vscode.Uri): Promise<void> {
  await showAt(policy);
  const edits = await app.language.ruleEdits(params);
  if (edits === undefined) {
    const message = vscode.l10n.t('The policy has syntax errors. Mend them first, then add the rule.');
    return void notices.warn(message);
  }
  if (edits.length === 0) return void notices.inform(vscode.l10n.t('The policy says so already.'));
  const change = new vscode.WorkspaceEdit();
  change.set(policy, edits);
  await vscode.workspace.applyEdit(change);
  const first = edits[0]?.range;
  if (first) await showAt(policy, new vscode.Range(first.start, first.start));
}
