/** Asks the language server what an edit would have changed, under a progress that can be stopped. */
import * as vscode from 'vscode';
import { languageMessages } from '../../../server/src/protocol/language.ts';
import type { ReplayParams, ReplayResult } from '../../../server/src/protocol/replay.ts';
import type { App } from '../app.ts';
import { POLICY_LANGUAGE } from '../language/language.ts';
import { notices } from '../views/notices.ts';
import { cancellable } from '../views/progress.ts';

const WEEK = 7 * 86_400_000;

/** `given`: the policy that a lens or a menu is about; else the one in the active editor. */
export async function replay(app: App, given: unknown): Promise<void> {
  const uri = policyIn(given);
  if (uri === undefined) {
    return void notices.inform(vscode.l10n.t('Open the policy first whose edit you want to try.'));
  }
  const result = await ask(app, uri);
  if (result === undefined) return;
  if (result.kind === 'problem') return void notices.inform(result.problem);
  await app.replay.show(uri, result);
}

function policyIn(given: unknown): vscode.Uri | undefined {
  if (given instanceof vscode.Uri) return given;
  if (typeof given === 'string') return vscode.Uri.parse(given);
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === POLICY_LANGUAGE ? document.uri : undefined;
}

/** `undefined`: the person has stopped it. */
async function ask({ language }: App, uri: vscode.Uri): Promise<ReplayResult | undefined> {
  const params: ReplayParams = { policyUri: uri.toString(), since: Date.now() - WEEK };
  const title = vscode.l10n.t('Deciding the calls of the last week again');
  const client = await language.start();
  return await cancellable(title, (cancelled) =>
    client.sendRequest<ReplayResult>(languageMessages.replay, params, cancelled),
  );
}
