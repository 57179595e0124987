/** "Excuse this finding…": asks why it is meant, and writes that into the portcullis.json of the policy's folder. */
import * as vscode from 'vscode';
import type { ExcuseTarget } from '../../../server/src/protocol/language.ts';
import type { App } from '../app.ts';
import { notices } from '../views/notices.ts';

/** `target`: from the quick fix. Undo in portcullis.json takes the excuse back; it is saved, because findings follow the file on disk. */
export async function excuseFinding(app: App, target: unknown): Promise<void> {
  if (!isTarget(target)) return;
  const policy = vscode.Uri.parse(target.policyUri);
  const folder = vscode.workspace.getWorkspaceFolder(policy);
  if (folder === undefined) {
    throw new Error(
      vscode.l10n.t('The policy is in no folder of the workspace. Open its folder, then excuse the finding.'),
    );
  }
  const reason = await askReason(target.code);
  if (reason === undefined) return;
  const config = vscode.Uri.joinPath(folder.uri, 'portcullis.json');
  const text = await textOf(config);
  const file = policy.path.slice(folder.uri.path.length).replace(/^\/+/, '');
  const edits = await app.language.excuseEdits({ ...target, policy: file, reason, text: text ?? '' });
  await write(config, edits, text === undefined);
}

function isTarget(target: unknown): target is ExcuseTarget {
  if (typeof target !== 'object' || target === null) return false;
  const { policyUri, code, at } = target as Readonly<Record<keyof ExcuseTarget, unknown>>;
  return [policyUri, code, at].every((text) => typeof text === 'string');
}

async function askReason(code: string): Promise<string | undefined> {
  const reason = await notices.ask({
    title: vscode.l10n.t('Excuse {0}', code),
    prompt: vscode.l10n.t('Why is this meant? The next person reads it, and "portcullis check" lists it.'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Give a reason.') : undefined),
  });
  return reason?.trim();
}

/** As it is in the editor, saved or not; `undefined` when there is no such file. */
async function textOf(file: vscode.Uri): Promise<string | undefined> {
  try {
    await vscode.workspace.fs.stat(file);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
  return (await vscode.workspace.openTextDocument(file)).getText();
}

async function write(file: vscode.Uri, edits: readonly vscode.TextEdit[], isNew: boolean): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  if (isNew) change.createFile(file, { ignoreIfExists: true });
  change.set(file, [...edits]);
  if (!(await vscode.workspace.applyEdit(change))) {
    throw new Error(vscode.l10n.t('portcullis.json could not be changed. Is it open with other changes?'));
  }
  await (await vscode.workspace.openTextDocument(file)).save();
}
