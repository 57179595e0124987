/** The lens on the first line of a policy: starts the gateway, or says where it listens and stops it. */
import * as vscode from 'vscode';
import type { Gateway } from '../gateway/gateway.ts';
import { isLive, type GatewayState } from '../gateway/state.ts';
import { POLICY_LANGUAGE } from '../language/language.ts';

export class GatewayLens implements vscode.CodeLensProvider {
  readonly #gateway: Gateway;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
    gateway.onDidChangeState(() => this.#changed.fire());
    vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire());
  }

  register(): vscode.Disposable {
    return vscode.languages.registerCodeLensProvider({ language: POLICY_LANGUAGE, scheme: 'file' }, this);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    return lensCommands(this.#gateway.state, document.uri, this.#isElsewhere(document.uri)).map(
      (command) => new vscode.CodeLens(top, command),
    );
  }

  #isElsewhere(policy: vscode.Uri): boolean {
    const folder = vscode.workspace.getWorkspaceFolder(policy)?.uri.fsPath;
    return folder !== undefined && this.#gateway.folder !== undefined && folder !== this.#gateway.folder;
  }
}

function serveInstead(policy: vscode.Uri): vscode.Command {
  return {
    title: iconTitle('debug-restart', vscode.l10n.t('Gateway serves another folder: serve this one instead')),
    command: 'portcullis.restartGateway',
    arguments: [policy],
  };
}

/** A lens with an icon before its text. VS Code drops an ordinary space between the two. */
export const iconTitle = (icon: string, text: string): string => `$(${icon})\u00a0${text}`;

/** `isElsewhere`: the gateway serves another folder of the workspace. */
export function lensCommands(state: GatewayState, policy: vscode.Uri, isElsewhere = false): vscode.Command[] {
  if (isLive(state)) return isElsewhere ? [serveInstead(policy)] : liveCommands(state, policy);
  switch (state.kind) {
    case 'starting':
      return [
        { title: iconTitle('loading~spin', vscode.l10n.t('Starting Gateway…')), command: 'portcullis.showGatewayLog' },
      ];
    case 'stopping':
      return [
        { title: iconTitle('loading~spin', vscode.l10n.t('Stopping Gateway…')), command: 'portcullis.showGatewayLog' },
      ];
    case 'stopped':
    case 'failed':
      return [
        {
          title: iconTitle('play', vscode.l10n.t('Start Gateway')),
          command: 'portcullis.startGateway',
          arguments: [policy],
        },
      ];
  }
}

function liveCommands(state: Extract<GatewayState, { status: unknown }>, policy: vscode.Uri): vscode.Command[] {
  const governed = state.status.servers.find((server) => server.policy.file === policy.fsPath);
  const stop = { title: iconTitle('debug-stop', vscode.l10n.t('Stop Gateway')), command: 'portcullis.stopGateway' };
  if (governed === undefined) return [stop];
  const { tools } = governed;
  const observed = {
    title: iconTitle('eye', vscode.l10n.t('Observe mode: nothing is enforced')),
    command: 'portcullis.showAudit',
    tooltip: vscode.l10n.t('What this policy denies passes and is recorded as "would deny". Click to see those calls.'),
  };
  const endpoint =
    tools === undefined
      ? governed.url
      : vscode.l10n.t('{0} · {1} of {2} tools', governed.url, tools.shown, tools.listed);
  return [
    stop,
    ...(governed.policy.isObserved ? [observed] : []),
    {
      title: endpoint,
      command: 'portcullis.copyClientConfiguration',
      arguments: [governed.name],
      tooltip: vscode.l10n.t('Copy the configuration that points an MCP client here'),
    },
  ];
}
