/** Every command by its id, and the one place that calls them. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { exportAudit } from '../audit/exportLog.ts';
import { loadOlderCalls } from '../audit/history.ts';
import { denyApproval, reviewApproval } from '../approvals/review.ts';
import { reviewTools, targetIn } from '../drift/review.ts';
import { reviewEdits } from '../reload/heldEdits.ts';
import { openBuilder, openBuilderAsText } from '../webview/builder/switching.ts';
import { connectClient, routeClient } from '../connect/connectClient.ts';
import { makeDemoCalls } from '../demo/makeCalls.ts';
import { removeDemo } from '../demo/removeDemo.ts';
import { tryDemo } from '../demo/tryDemo.ts';
import { keepValues } from '../observe/values.ts';
import { replay } from '../replay/request.ts';
import { tellFailure } from '../report/failed.ts';
import { stateOf } from '../report/gather.ts';
import { reportOf } from '../report/markdown.ts';
import { treeCommands } from '../servers/actions.ts';
import { copyClientConfiguration } from './copyClientConfiguration.ts';
import { createPolicy } from './createPolicy.ts';
import { evaluate } from './evaluate.ts';
import { excuseFinding } from './excuseFinding.ts';
import { restartGateway, startGateway, stopGateway } from './gateway.ts';
import { manageGrants } from './grants.ts';
import { logIn, logOut } from './login.ts';
import { openPolicy } from './openPolicy.ts';
import { openServerConfiguration } from './serverConfiguration.ts';
import { showActions } from './showActions.ts';
import { forgetInputs, refreshTools } from './tools.ts';

type Command = (app: App, ...given: readonly unknown[]) => Promise<void> | void;

const commands: Readonly<Record<string, Command>> = {
  startGateway: (app, policy) => startGateway(app, policy instanceof vscode.Uri ? policy : undefined),
  stopGateway,
  restartGateway: (app, policy) => restartGateway(app, policy instanceof vscode.Uri ? policy : undefined),
  copyClientConfiguration,
  connectClient,
  routeClient,
  refreshTools,
  forgetInputs,
  logIn,
  logOut,
  manageGrants,
  reviewApproval,
  denyApproval,
  reviewEdits,
  reviewTools: (app, given) => reviewTools(app, targetIn(given)),
  showAudit: (app) => app.audit.reveal(true),
  openPolicy,
  openServerConfiguration: () => openServerConfiguration(),
  openBuilder: ({ builder }, uri) => openBuilder(builder, uri),
  openBuilderAsText: ({ builder }, uri) => openBuilderAsText(builder, uri),
  createPolicy,
  evaluate,
  replay,
  keepValues,
  excuseFinding,
  tryDemo,
  demoCalls: makeDemoCalls,
  removeDemo,
  reportState: (app) => app.report.show(reportOf(stateOf(app))),
  filterDenied: async (app) => {
    await app.audit.reveal(true);
    app.audit.filter({ decision: 'denied', text: '' });
  },
  clearFilter: (app) => app.audit.filter({ decision: 'all', text: '' }),
  loadOlderCalls,
  exportAudit,
  showGatewayLog: (app) => app.gateway.log.show(),
  showActions,
  ...treeCommands,
};

export function registerCommands(app: App): vscode.Disposable {
  const registered = Object.entries(commands).map(([name, command]) =>
    vscode.commands.registerCommand(`portcullis.${name}`, (...given: unknown[]) => guarded(app, name, command, given)),
  );
  return vscode.Disposable.from(...registered);
}

async function guarded(app: App, name: string, command: Command, given: readonly unknown[]): Promise<void> {
  try {
    // A command that is run by hand makes the views appear, also where no policy was seen yet.
    await vscode.commands.executeCommand('setContext', 'portcullis.active', true);
    await command(app, ...given);
  } catch (error) {
    await tellFailure(app, `portcullis.${name}`, error);
  }
}
