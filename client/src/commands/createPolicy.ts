/** The policy for a server: made from its real tools, or brought up to date with them, after a preview. Never overwrites a file. */
import * as vscode from 'vscode';
import type { PolicyOffersResult } from '../../../server/src/protocol/language.ts';
import type { App } from '../app.ts';
import type { ServerInfo } from '../language/language.ts';
import { reach } from '../setup/milestones.ts';
import { cancellable } from '../views/progress.ts';
import { rangeOf } from '../views/range.ts';
import { chooseProfile } from './chooseProfile.ts';
import { showAt } from './openPolicy.ts';
import { createAndOpen, createFile, freeName, workspaceFolder } from './policyFile.ts';
import { openServerConfiguration } from './serverConfiguration.ts';
import { chooseBeginning } from './withoutServers.ts';
import { notices } from '../views/notices.ts';

type Offers = Extract<PolicyOffersResult, { kind: 'offers' }>;

/** `given`: the server that a menu is about; else the only one, else the person is asked. */
export async function createPolicy(app: App, given?: unknown): Promise<void> {
  const folder = workspaceFolder();
  if (folder === undefined) return;
  const servers = await app.language.knownServers();
  if (servers.length === 0) return await begin(folder);
  const server = servers.find(({ name }) => name === given) ?? (await chooseServer(servers));
  if (server === undefined) return;
  const offered = await offersFor(app, server);
  if (offered === undefined) return;
  const without = servers.filter(({ policyUri }) => policyUri === undefined).length;
  if (offered.kind === 'refused') throw new Error(vscode.l10n.t('No policy can be proposed: {0}', offered.problem));
  if (server.policyUri !== undefined) return await update(vscode.Uri.parse(server.policyUri), server, offered);
  if (offered.kind === 'offers') await create(folder, server, offered, without);
  else await createWithoutTools(folder, server, offered, without);
}

async function begin(folder: vscode.Uri): Promise<void> {
  const beginning = await chooseBeginning();
  if (beginning === 'configuration') await openServerConfiguration();
  else if (beginning === 'demo') await vscode.commands.executeCommand('portcullis.tryDemo');
  else if (beginning === 'policy') await createEmpty(folder, undefined, 0);
}

async function create(folder: vscode.Uri, server: ServerInfo, offered: Offers, without: number): Promise<void> {
  const uri = await freeName(folder, server.name, without);
  const file = vscode.workspace.asRelativePath(uri);
  const offer = await chooseProfile({ server: server.name, tools: offered.tools, offers: offered.offers, file });
  if (offer === undefined) return;
  await createFile(uri, offer.text);
  await reach('policy');
  await showAt(uri);
}

/** The edits go into the editor, unsaved: the person saves or undoes them. */
async function update(uri: vscode.Uri, server: ServerInfo, offered: PolicyOffersResult): Promise<void> {
  const file = vscode.workspace.asRelativePath(uri);
  if (offered.kind !== 'offers')
    throw new Error(vscode.l10n.t('{0} cannot be compared: the tools of {1} are not known.', file, server.name));
  const { tools, offers, base } = offered;
  if (offers.every(({ edits }) => edits.length === 0)) {
    const message = vscode.l10n.t('{0} is up to date with the {1} tools of {2}.', file, tools, server.name);
    return void notices.inform(message);
  }
  const offer = await chooseProfile({ server: server.name, tools, offers, file, present: uri });
  if (offer === undefined) return;
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.getText() !== base)
    throw new Error(vscode.l10n.t('{0} has been changed meanwhile. Run the command again.', file));
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of offer.edits) edit.replace(uri, rangeOf(range), newText);
  await vscode.workspace.applyEdit(edit);
  await showAt(uri);
}

/** Reading the tools starts or contacts the server, which may take long or fail. `undefined`: the person has stopped it. */
async function offersFor(app: App, server: ServerInfo): Promise<PolicyOffersResult | undefined> {
  const title = vscode.l10n.t('Reading the tools of {0}', server.name);
  const params = { server: server.name, ...(server.policyUri !== undefined && { policyUri: server.policyUri }) };
  return await cancellable(title, async (cancelled) => {
    const result = await app.language.policyOffers(params, cancelled);
    return cancelled.isCancellationRequested ? undefined : (result ?? { kind: 'no tools' });
  });
}

async function createWithoutTools(
  folder: vscode.Uri,
  server: ServerInfo,
  { problem }: Extract<PolicyOffersResult, { kind: 'no tools' }>,
  without: number,
): Promise<void> {
  await createEmpty(folder, server.name, without);
  const message = vscode.l10n.t(
    'The tools of {0} are not known, so its policy lists none and denies every call.',
    server.name,
  );
  void notices.warn(problem === undefined ? message : `${message} ${problem}`);
}

/** A policy that denies everything so far, and the cursor where the first tool belongs. */
async function createEmpty(folder: vscode.Uri, server: string | undefined, servers: number): Promise<void> {
  const uri = await freeName(folder, server, servers);
  await createAndOpen(
    uri,
    { version: '1', ...(server !== undefined && { server }), default: 'deny', tools: {} },
    'tools',
  );
}

/** Those without a policy first; the only server needs no question. */
async function chooseServer(servers: readonly ServerInfo[]): Promise<ServerInfo | undefined> {
  if (servers.length <= 1) return servers[0];
  const rank = ({ policyUri }: ServerInfo): number => (policyUri === undefined ? 0 : 1);
  const items = servers
    .toSorted((a, b) => rank(a) - rank(b))
    .map((server) => ({ label: server.name, description: policyInWords(server), server }));
  const placeHolder = vscode.l10n.t('Which server is the policy for?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.server;
}

function policyInWords({ policyUri }: ServerInfo): string {
  if (policyUri === undefined) return vscode.l10n.t('has no policy');
  return vscode.l10n.t('has {0}', vscode.workspace.asRelativePath(vscode.Uri.parse(policyUri)));
}
