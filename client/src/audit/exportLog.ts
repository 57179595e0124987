/** Writes the audit log into a file that a person names, as `portcullis audit export` does. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { runOnState } from './commandLine.ts';
import { commandLineOf, withProgress } from './progress.ts';
import { writeWhole } from './wholeFile.ts';
import { notices } from '../views/notices.ts';

interface Extent extends vscode.QuickPickItem {
  readonly args: readonly string[];
}

interface Format extends vscode.QuickPickItem {
  readonly format: 'jsonl' | 'csv';
}

export async function exportAudit(app: App): Promise<void> {
  const extent = await chooseExtent();
  const format = extent && (await chooseFormat());
  const file = format && (await chooseFile(format));
  if (extent === undefined || format === undefined || file === undefined) return;
  const args = ['audit', 'export', '--format', format, ...extent.args];
  const isDone = await writeWhole(file.fsPath, (take) =>
    withProgress(vscode.l10n.t('Exporting the audit log'), (signal) =>
      runOnState(commandLineOf(app), args, signal, take),
    ),
  );
  if (isDone) await offerToOpen(file);
}

async function chooseExtent(): Promise<Extent | undefined> {
  const items: Extent[] = [
    { label: vscode.l10n.t('All records'), args: [] },
    { label: vscode.l10n.t('Denied calls'), args: ['--decision', 'deny'] },
    { label: vscode.l10n.t('The last 24 hours'), args: ['--since', '24h'] },
    { label: vscode.l10n.t('The last 7 days'), args: ['--since', '7d'] },
  ];
  return await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export Audit Log (1/2): Records') });
}

async function chooseFormat(): Promise<Format['format'] | undefined> {
  const items: Format[] = [
    {
      label: 'JSON Lines',
      description: vscode.l10n.t('the records as they are stored, with their hashes'),
      format: 'jsonl',
    },
    { label: 'CSV', description: vscode.l10n.t('a line for each call, for spreadsheets'), format: 'csv' },
  ];
  const title = vscode.l10n.t('Export Audit Log (2/2): Format');
  return (await vscode.window.showQuickPick(items, { title }))?.format;
}

async function chooseFile(format: Format['format']): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  return await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Audit Log'),
    filters: format === 'csv' ? { CSV: ['csv'] } : { 'JSON Lines': ['jsonl'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, `audit.${format}`) }),
  });
}

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const message = vscode.l10n.t('The audit log is in {0}.', file.fsPath);
  if ((await notices.inform(message, open)) === open) {
    await vscode.window.showTextDocument(file, { preview: true });
  }
}
