/** "Remove the Demo": stops what it started and deletes what it created, after a question. What a person has added elsewhere stays. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { restartGateway } from '../commands/gateway.ts';
import { workspaceFolder } from '../commands/policyFile.ts';
import { liveServers } from '../gateway/state.ts';
import { DEMO_SERVER } from './policy.ts';
import { DemoRecords, type DemoFile, type DemoRecord } from './record.ts';
import { withoutServer } from './withoutServer.ts';
import { notices } from '../views/notices.ts';

/** What removing a file means: nothing is left of it, or this text. */
interface Removal {
  readonly uri: vscode.Uri;
  readonly isChanged: boolean;
  readonly rest?: string;
}

export async function removeDemo(app: App): Promise<void> {
  const records = new DemoRecords(app.context.globalState);
  const record = records.in(workspaceFolder()?.toString()) ?? (await chooseRecord(records.all));
  if (record === undefined) return;
  const removals = (await Promise.all(record.files.map(removalOf))).filter((removal) => removal !== undefined);
  if (!(await agreed(removals))) return;
  await stopServing(app, record);
  for (const { uri, rest } of removals) {
    if (rest === undefined) await vscode.workspace.fs.delete(uri);
    else await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(rest));
  }
  const isFolderGone = record.isTemporary && (await removeIfEmpty(vscode.Uri.parse(record.folder)));
  await records.forget(record.folder);
  await vscode.commands.executeCommand('setContext', 'portcullis.demo', records.all.length > 0);
  void notices.inform(vscode.l10n.t('The demo was removed.'));
  // Else the window would show a folder that is not there any more.
  if (isFolderGone && isOpen(record)) await vscode.commands.executeCommand('workbench.action.closeFolder');
}

/** Undefined: it is not there any more. */
async function removalOf({ uri, text }: DemoFile): Promise<Removal | undefined> {
  const file = vscode.Uri.parse(uri);
  const present = await vscode.workspace.fs.readFile(file).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
  if (present === undefined) return undefined;
  if (present === text) return { uri: file, isChanged: false };
  const rest = file.path.endsWith('/portcullis.json') ? await withoutServer(present, DEMO_SERVER) : undefined;
  return { uri: file, isChanged: true, ...(rest !== undefined && { rest }) };
}

async function agreed(removals: readonly Removal[]): Promise<boolean> {
  const lines = removals.map(({ uri, isChanged, rest }) => {
    const name = vscode.workspace.asRelativePath(uri);
    if (rest !== undefined) return vscode.l10n.t('{0}: the demo server is taken out, the rest stays', name);
    return isChanged ? vscode.l10n.t('{0}: deleted, with your changes', name) : vscode.l10n.t('{0}: deleted', name);
  });
  const detail = [...lines, vscode.l10n.t('The audit log keeps the records of its calls.')].join('\n');
  const remove = vscode.l10n.t('Remove');
  const message = vscode.l10n.t('Remove the demo?');
  return (await notices.warn(message, { modal: true, detail }, remove)) === remove;
}

/** The gateway goes on for the servers that are a person's own. */
async function stopServing(app: App, record: DemoRecord): Promise<void> {
  const served = liveServers(app.gateway.state).map(({ name }) => name);
  if (!isOpen(record) || !served.includes(DEMO_SERVER)) return;
  await app.gateway.stop();
  if (served.length > 1) void restartGateway(app);
}

const isOpen = ({ folder }: DemoRecord): boolean => folder === workspaceFolder()?.toString();

/** Whatever a person has put into the temporary folder stays, and the folder with it. True: it is gone. */
async function removeIfEmpty(folder: vscode.Uri): Promise<boolean> {
  const left = await vscode.workspace.fs.readDirectory(folder).then(
    (entries) => entries.length,
    () => undefined,
  );
  if (left === 0) await vscode.workspace.fs.delete(folder);
  return left === 0;
}

async function chooseRecord(records: readonly DemoRecord[]): Promise<DemoRecord | undefined> {
  if (records.length === 0) return void notices.inform(vscode.l10n.t('There is no demo.'));
  const items = records.map((record) => ({ label: vscode.Uri.parse(record.folder).fsPath, record }));
  const placeHolder = vscode.l10n.t('Which demo is to be removed?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.record;
}
