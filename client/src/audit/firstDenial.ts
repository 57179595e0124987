/** One notification for the first denied call of a gateway's life, for who does not look at the audit view; never a second. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { notices } from '../views/notices.ts';

/** Where the wish to hear no more of it is kept. */
const SILENT = 'portcullis.silentDenials';

export function noticeFirstDenial(app: App): vscode.Disposable {
  let isTold = false;
  return vscode.Disposable.from(
    app.gateway.onDidChangeState(({ kind }) => {
      if (kind === 'starting') isTold = false;
    }),
    app.gateway.onDidRecord((record) => {
      if (isTold || record.kind !== 'decision' || record.decision !== 'deny') return;
      if (Date.parse(record.at) < app.gateway.startedAt) return;
      isTold = true;
      if (!app.audit.isVisible && app.context.globalState.get(SILENT) !== true) void tell(app, record);
    }),
  );
}

async function tell(app: App, { server, tool }: { readonly server: string; readonly tool: string }): Promise<void> {
  const show = vscode.l10n.t('Show');
  const never = vscode.l10n.t("Don't Show Again");
  const message = vscode.l10n.t(
    'A call of {0} was denied ({1}). Further denials are counted in the status bar.',
    tool,
    server,
  );
  const chosen = await notices.inform(message, show, never);
  if (chosen === show) await vscode.commands.executeCommand('portcullis.filterDenied');
  if (chosen === never) await app.context.globalState.update(SILENT, true);
}
