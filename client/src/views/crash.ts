/** Says so when a gateway that ran has ended by itself: agents are cut off, and nobody stopped it. */
import * as vscode from 'vscode';
import type { Gateway } from '../gateway/gateway.ts';
import { isLive } from '../gateway/state.ts';
import { notices } from './notices.ts';

export function reportCrashes(gateway: Gateway): vscode.Disposable {
  let lived = isLive(gateway.state);
  return gateway.onDidChangeState((state) => {
    if (state.kind === 'failed' && lived) void offerRestart(gateway, state.problem);
    lived = isLive(state);
  });
}

async function offerRestart(gateway: Gateway, problem: string): Promise<void> {
  const restart = vscode.l10n.t('Start Gateway');
  const log = vscode.l10n.t('Show Log');
  const message = vscode.l10n.t('The MCP gateway ended by itself; agents cannot reach their tools. {0}', problem);
  const chosen = await notices.error(message, restart, log);
  if (chosen === restart) await vscode.commands.executeCommand('portcullis.startGateway');
  if (chosen === log) gateway.log.show();
}
