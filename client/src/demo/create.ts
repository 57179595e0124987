/** Creates the demo's two files in a folder. Never overwrites one; each is on record before the next is made. */
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { createFile, exists, freeName } from '../commands/policyFile.ts';
import { launcherOf } from '../gateway/installed.ts';
import { DEMO_SERVER, demoDefinition, demoPolicy } from './policy.ts';
import { DemoRecords, type DemoFile, type DemoRecord } from './record.ts';

/** Where servers are configured for Portcullis alone: no agent finds the demo's server there and goes around the policy. */
export const definitionIn = (folder: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(folder, 'portcullis.json');

export async function createIn(app: App, folder: vscode.Uri): Promise<DemoRecord> {
  const definition = definitionIn(folder);
  if (await exists(definition))
    throw new Error(vscode.l10n.t('This folder has a portcullis.json. Try the demo in a temporary folder.'));
  const launcher = await writeLauncher(app);
  const ungoverned = app.language.servers.filter(({ policyUri }) => policyUri === undefined).length;
  const policy = await freeName(folder, DEMO_SERVER, ungoverned + 1);
  const files = [
    { uri: policy.toString(), text: demoPolicy() },
    { uri: definition.toString(), text: demoDefinition(launcher) },
  ];
  return await write(app, { folder: folder.toString(), isTemporary: false, files }, createFile);
}

/** Nothing is open there yet: the files are written as they are. */
export async function createTemporary(app: App): Promise<DemoRecord> {
  const folder = vscode.Uri.file(await mkdtemp(path.join(os.tmpdir(), 'portcullis-demo-')));
  const policy = vscode.Uri.joinPath(folder, 'policy.json');
  const files = [
    { uri: policy.toString(), text: demoPolicy() },
    { uri: definitionIn(folder).toString(), text: demoDefinition(await writeLauncher(app)) },
  ];
  const plain = async (uri: vscode.Uri, text: string): Promise<void> =>
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return await write(app, { folder: folder.toString(), isTemporary: true, files }, plain);
}

async function writeLauncher({ context }: App): Promise<string> {
  const launcher = launcherOf(context);
  await launcher.write();
  return launcher.file;
}

async function write(
  { context }: App,
  record: DemoRecord,
  create: (uri: vscode.Uri, text: string) => Promise<void>,
): Promise<DemoRecord> {
  const records = new DemoRecords(context.globalState);
  const written: DemoFile[] = [];
  for (const file of record.files) {
    await create(vscode.Uri.parse(file.uri), file.text);
    written.push(file);
    await records.keep({ ...record, files: written });
  }
  return record;
}
