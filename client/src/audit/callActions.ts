/** What a person can do about a call of the audit view: go to its rule, let the tool through, limit it, keep the call as a test. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { openPolicy, policyOf } from '../commands/openPolicy.ts';
import { addRule, openRule } from '../commands/openRule.ts';
import { tellFailure } from '../report/failed.ts';
import type { CallWish } from '../webview/audit/view.ts';
import type { Call } from '../webview/audit/model.ts';
import { notices } from '../views/notices.ts';

export function followWishes(app: App): vscode.Disposable {
  return app.audit.onDidWish(
    (wish) => void fulfil(app, wish).catch((error: unknown) => tellFailure(app, `audit.${wish.action}`, error)),
  );
}

async function fulfil(app: App, { action, call }: CallWish): Promise<void> {
  switch (action) {
    case 'rule':
      return await openRule(app, call);
    case 'allow':
    case 'limit':
      return await change(app, call, action);
    case 'testCase':
      return await copyTestCase(app, call);
  }
}

async function change(app: App, { server, tool }: Call, wanted: 'allow' | 'limit'): Promise<void> {
  const policy = policyOf(app, server);
  if (policy === undefined) return await openPolicy(app);
  await addRule(app, { uri: policy.toString(), tool, change: wanted }, policy);
}

async function copyTestCase(app: App, call: Call): Promise<void> {
  const result = await app.language.recordedCase(call);
  if (result.kind === 'problem') return void notices.inform(result.problem);
  await vscode.env.clipboard.writeText(result.text);
  const where = vscode.l10n.t('The call is on the clipboard. Paste it among the "cases" of a *.policy-test.json.');
  if (result.missing.length === 0) return void notices.inform(where);
  const names = result.missing.join(', ');
  const missing = vscode.l10n.t('Replace what stands for the values that were not kept: {0}.', names);
  void notices.warn([where, missing].join(' '));
}
