/** Brings the calls of the log that are older than what the gateway has told into the view, under a progress that can be stopped. */
import * as vscode from 'vscode';
import type { AuditRecord } from '../../../server/src/protocol/audit.ts';
import type { App } from '../app.ts';
import { AuditModel } from '../webview/audit/model.ts';
import { eachJsonLine, runOnState } from './commandLine.ts';
import { commandLineOf, withProgress } from './progress.ts';

export async function loadOlderCalls(app: App): Promise<void> {
  const older = new AuditModel();
  const isDone = await withProgress(vscode.l10n.t('Reading the audit log'), async (signal, report) => {
    await runOnState(commandLineOf(app), ['audit', 'export', '--format', 'jsonl'], signal, (output) =>
      eachJsonLine(output, (record) => {
        older.add(record as AuditRecord, Number.POSITIVE_INFINITY);
        report(older.size);
      }),
    );
  });
  if (isDone) app.audit.prepend(older);
}
