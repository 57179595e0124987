/** "Try It with a Demo Server": a folder, two files, a gateway, and the offer of a few calls. Each step is one that a person would do by hand. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { explainTrust, restartGateway, startGateway } from '../commands/gateway.ts';
import { showAt } from '../commands/openPolicy.ts';
import { createFile, exists, workspaceFolder } from '../commands/policyFile.ts';
import { isLive, liveServer } from '../gateway/state.ts';
import { createIn, createTemporary, definitionIn } from './create.ts';
import { DEMO_SERVER } from './policy.ts';
import { DemoRecords, type DemoRecord } from './record.ts';
import { serverAppears } from './serverAppears.ts';
import { notices } from '../views/notices.ts';

/** Makes the demo's commands appear where there is one, and goes on with it in the folder that it has opened. */
export function followDemo(app: App): vscode.Disposable {
  const folder = workspaceFolder()?.toString();
  const records = new DemoRecords(app.context.globalState);
  void vscode.commands.executeCommand('setContext', 'portcullis.demo', records.all.length > 0);
  const record = records.in(folder);
  const resume = async (): Promise<void> => {
    if (record === undefined || !vscode.workspace.isTrusted || !(await records.takeOpening(folder))) return;
    await again(app, record).catch((error: unknown) => app.log.error('The demo', error));
  };
  void resume();
  return vscode.workspace.onDidGrantWorkspaceTrust(() => void resume());
}

export async function tryDemo(app: App): Promise<void> {
  const folder = workspaceFolder();
  const present = new DemoRecords(app.context.globalState).in(folder?.toString());
  const place = present === undefined ? await choosePlace(folder) : 'here';
  if (place === 'temporary') return await openTemporary(app);
  if (place === undefined || folder === undefined) return;
  if (!vscode.workspace.isTrusted) return await explainTrust();
  if (present !== undefined) return await again(app, present);
  // Before the files are there: what the language server is told of it notices.
  await app.language.knownServers();
  await begin(app, await createIn(app, folder));
}

interface PlacePick extends vscode.QuickPickItem {
  readonly place: 'here' | 'temporary';
}

async function choosePlace(folder: vscode.Uri | undefined): Promise<PlacePick['place'] | undefined> {
  const isFree = folder !== undefined && !(await exists(definitionIn(folder)));
  const here: PlacePick = {
    label: `$(folder) ${vscode.l10n.t('In this folder')}`,
    detail: vscode.l10n.t('Creates a policy and portcullis.json here. "Remove the Demo" deletes them again.'),
    place: 'here',
  };
  const temporary: PlacePick = {
    label: `$(folder-opened) ${vscode.l10n.t('In a temporary folder')}`,
    detail: vscode.l10n.t('Makes a folder for temporary files and opens it in this window.'),
    place: 'temporary',
  };
  const title = vscode.l10n.t('Try Portcullis with a Demo Server');
  const placeHolder = vscode.l10n.t('Where? The server is a part of this extension: a shop that pretends.');
  const picked = await vscode.window.showQuickPick(isFree ? [here, temporary] : [temporary], { title, placeHolder });
  return picked?.place;
}

/** A file that somebody has deleted is made anew; one that somebody has changed stays. */
async function again(app: App, record: DemoRecord): Promise<void> {
  for (const { uri, text } of record.files) {
    const file = vscode.Uri.parse(uri);
    if (!(await exists(file))) await createFile(file, text);
  }
  await begin(app, record);
}

/** The folder of the last time, where it is still there. */
async function openTemporary(app: App): Promise<void> {
  const records = new DemoRecords(app.context.globalState);
  const last = records.all.findLast(({ isTemporary }) => isTemporary);
  const isThere = last !== undefined && (await exists(vscode.Uri.parse(last.folder)));
  const { folder } = isThere ? last : await createTemporary(app);
  await records.opening(folder);
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.parse(folder), { forceReuseWindow: true });
}

async function begin(app: App, record: DemoRecord): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'portcullis.demo', true);
  const [file] = record.files;
  const policy = file && vscode.Uri.parse(file.uri);
  if (policy !== undefined) await showAt(policy);
  await serverAppears(app.language, DEMO_SERVER);
  await serve(app, policy);
  if (!isServed(app)) return;
  const calls = vscode.l10n.t('Make Demo Calls');
  const message = vscode.l10n.t(
    'The demo shop is behind the gateway. Let a small agent call its tools, and see what the policy decides?',
  );
  const chosen = await notices.inform(message, calls);
  if (chosen === calls) await vscode.commands.executeCommand('portcullis.demoCalls');
}

/** A gateway serves what was configured when it was started. */
async function serve(app: App, policy: vscode.Uri | undefined): Promise<void> {
  if (isServed(app)) return;
  await (isLive(app.gateway.state) ? restartGateway(app, policy) : startGateway(app, policy));
}

const isServed = (app: App): boolean => liveServer(app.gateway.state, DEMO_SERVER) !== undefined;
