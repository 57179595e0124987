/** Start, stop and restart: the person's side of the gateway, with progress, refusals and what to do about them. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import type { LaunchPlan } from '../gateway/launch.ts';
import { governedFolders, planGateway, type NoPlan } from '../gateway/plan.ts';
import { canStart, isLive } from '../gateway/state.ts';
import { untrustedReason } from '../views/statusBar.ts';
import { createPolicy } from './createPolicy.ts';
import { openServerConfiguration } from './serverConfiguration.ts';
import { notices } from '../views/notices.ts';

/** `place`: the policy that the command was given for, by its lens, or its folder. Of several folders with policies the person says which. */
export async function startGateway(app: App, place?: vscode.Uri): Promise<void> {
  if (!vscode.workspace.isTrusted) return await explainTrust();
  if (!canStart(app.gateway.state)) return;
  const servers = await app.language.knownServers();
  const folders = governedFolders(servers);
  const chosen = place ?? (folders.length > 1 ? await chooseFolder(folders) : folders[0]?.uri);
  if (chosen === undefined && folders.length > 1) return;
  const plan = planGateway(app.context, servers, chosen);
  if ('problem' in plan) return await offerFirstStep(app, plan);
  await startWithProgress(app, plan);
  // The next step, pointing a client at the endpoint, stands in the panel.
  if (isLive(app.gateway.state)) await app.audit.reveal(false);
}

export async function stopGateway(app: App): Promise<void> {
  await app.gateway.stop();
}

/** `place`: as for a start; without it, the folder that is served now. */
export async function restartGateway(app: App, place?: vscode.Uri): Promise<void> {
  const { folder } = app.gateway;
  await app.gateway.stop();
  await startGateway(app, place ?? (folder === undefined ? undefined : vscode.Uri.file(folder)));
}

async function chooseFolder(folders: readonly vscode.WorkspaceFolder[]): Promise<vscode.Uri | undefined> {
  const items = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri }));
  const placeHolder = vscode.l10n.t('A gateway serves one folder. Which one?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}

async function startWithProgress(app: App, plan: LaunchPlan): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Starting the MCP gateway for {0}', plan.servers.join(', ')),
    cancellable: true,
  };
  const kept = { inputs: await app.inputs.all(), logins: await app.logins.all() };
  await notices.progress(options, async (_progress, cancelled) => {
    try {
      await app.gateway.start(plan, kept, cancelled);
    } catch (error) {
      // The state says what happened; a stop that the person asked for is no failure.
      app.log.debug('The gateway did not start.', error);
    }
  });
  if (app.gateway.state.kind === 'failed') void offerRetry(app, app.gateway.state.problem);
}

async function offerRetry(app: App, problem: string): Promise<void> {
  const again = vscode.l10n.t('Try Again');
  const log = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t('The MCP gateway did not start. {0}', problem);
  const chosen = await notices.error(message, again, log);
  if (chosen === again) await restartGateway(app);
  if (chosen === log) app.gateway.log.show();
}

async function offerFirstStep(app: App, { problem, missing }: NoPlan): Promise<void> {
  const create = vscode.l10n.t('Create Policy');
  const configure = vscode.l10n.t('Open .vscode/mcp.json');
  const offered = missing === undefined ? [] : [missing === 'policy' ? create : configure];
  const chosen = await notices.warn(problem, ...offered);
  if (chosen === create) await createPolicy(app);
  if (chosen === configure) await openServerConfiguration();
}

/** Says why nothing is started here, and leads to where the person decides on it. */
export async function explainTrust(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  if ((await notices.warn(untrustedReason(), manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}
