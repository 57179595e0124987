/** What commands and views are given: the parts of the client that live as long as the extension. */
import type * as vscode from 'vscode';
import type { Trial } from './evaluate/trial.ts';
import type { Approvals } from './approvals/approvals.ts';
import type { DriftDocuments } from './drift/documents.ts';
import type { HeldDocuments } from './reload/documents.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { GovernedServers } from './gateway/provider.ts';
import type { Language } from './language/language.ts';
import type { SecretInputs } from './language/inputs.ts';
import type { SecretLogins } from './login/secretLogins.ts';
import type { Failures } from './report/failures.ts';
import type { StateReport } from './report/reportState.ts';
import type { ReplayView } from './replay/view.ts';
import type { PolicyBuilder } from './webview/builder/editor.ts';
import type { AuditView } from './webview/audit/view.ts';

export interface App {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly inputs: SecretInputs;
  readonly logins: SecretLogins;
  readonly language: Language;
  readonly gateway: Gateway;
  readonly approvals: Approvals;
  readonly audit: AuditView;
  readonly builder: PolicyBuilder;
  readonly drift: DriftDocuments;
  readonly held: HeldDocuments;
  readonly trial: Trial;
  readonly governed: GovernedServers;
  readonly replay: ReplayView;
  readonly failures: Failures;
  readonly report: StateReport;
}
