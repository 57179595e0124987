/** Builds the client's parts, connects them, and hands them to VS Code. Nothing is started here: a policy or a command does that. */
import * as vscode from 'vscode';
import type { App } from './app.ts';
import { Approvals } from './approvals/approvals.ts';
import { followWishes } from './audit/callActions.ts';
import { noticeFirstDenial } from './audit/firstDenial.ts';
import { followLimitsView } from './audit/limitsView.ts';
import { followDemo } from './demo/tryDemo.ts';
import { registerCommands } from './commands/table.ts';
import { HeldDocuments } from './reload/documents.ts';
import { DriftDocuments } from './drift/documents.ts';
import { noticeUnreviewed } from './drift/notice.ts';
import { Trial } from './evaluate/trial.ts';
import { Gateway } from './gateway/gateway.ts';
import { followMilestones } from './setup/milestones.ts';
import { offerFirstStep } from './setup/firstStep.ts';
import { launcherOf } from './gateway/installed.ts';
import { GovernedServers } from './gateway/provider.ts';
import { noticeHeldEdits } from './reload/heldEdits.ts';
import { followDenials } from './language/denials.ts';
import { followLimits } from './language/limits.ts';
import { SecretInputs } from './language/inputs.ts';
import { Language } from './language/language.ts';
import { Recognition } from './language/recognition.ts';
import { showLanguageStatus } from './language/status.ts';
import { answerWakeUp } from './language/wake.ts';
import { offerLogins } from './login/offer.ts';
import { SecretLogins } from './login/secretLogins.ts';
import { showServersTree } from './servers/tree.ts';
import { PolicyTests } from './testing/policyTests.ts';
import { followActivity } from './views/activity.ts';
import { offerValues } from './observe/values.ts';
import { Failures } from './report/failures.ts';
import { StateReport } from './report/reportState.ts';
import { ReplayView } from './replay/view.ts';
import { reportCrashes } from './views/crash.ts';
import { GatewayLens } from './views/lens.ts';
import { showStatusBar } from './views/statusBar.ts';
import { showToolDocuments } from './views/toolDocuments.ts';
import { PolicyBuilder } from './webview/builder/editor.ts';
import { AUDIT_VIEW, AuditView } from './webview/audit/view.ts';

let running: App | undefined;

/** The returned parts are for the tests that run inside VS Code. */
export function activate(context: vscode.ExtensionContext): App {
  const app = build(context);
  running = app;
  const status = showStatusBar(app.gateway, app.audit, app.approvals);
  context.subscriptions.push(
    registerCommands(app),
    status.disposable,
    followActivity(app, status.item),
    new GatewayLens(app.gateway).register(),
    app.governed.register(),
    vscode.window.registerWebviewViewProvider(AUDIT_VIEW, app.audit),
    reportCrashes(app.gateway),
    offerLogins(app),
    followDemo(app),
    followMilestones(app.gateway),
    offerFirstStep(app),
    noticeHeldEdits(app.gateway),
    noticeUnreviewed(app.gateway),
    offerValues(app.gateway, app.log),
    app.replay,
    app.report,
    answerWakeUp(),
    new Recognition(app.language, app.log),
    new PolicyTests(app.language, app.log),
    showLanguageStatus(app.language),
    followDenials(app),
    followLimits(app),
    showToolDocuments(app.language),
    app.builder.register(),
    showServersTree(app.language, app.gateway),
    followWishes(app),
    followLimitsView(app),
    noticeFirstDenial(app),
    app.gateway.onDidChangeTools((tools) => app.language.setLiveTools(tools)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => app.language.tellRuntime()),
  );
  void refreshLauncher(app);
  return app;
}

export async function deactivate(): Promise<void> {
  await Promise.all([running?.gateway.stop(), running?.language.stop()]);
}

function build(context: vscode.ExtensionContext): App {
  const log = vscode.window.createOutputChannel('Portcullis', { log: true });
  const gatewayLog = vscode.window.createOutputChannel('Portcullis Gateway', { log: true });
  context.subscriptions.push(log, gatewayLog);
  const inputs = new SecretInputs(context.secrets);
  const gateway = new Gateway(gatewayLog);
  const language = new Language(context, log, inputs);
  const approvals = new Approvals(gateway);
  const audit = new AuditView(context.extensionUri, gateway, approvals);
  const logins = new SecretLogins(context.secrets);
  const trial = new Trial(language, log);
  const drift = new DriftDocuments();
  const held = new HeldDocuments();
  context.subscriptions.push(trial, approvals, drift, held);
  const governed = new GovernedServers(gateway);
  return {
    context,
    log,
    inputs,
    logins,
    language,
    gateway,
    approvals,
    audit,
    builder: new PolicyBuilder(context.extensionUri, language, log),
    drift,
    held,
    trial,
    governed,
    replay: new ReplayView(),
    failures: new Failures(),
    report: new StateReport(),
  };
}

async function refreshLauncher(app: App): Promise<void> {
  await launcherOf(app.context)
    .refresh()
    .catch((error: unknown) => app.log.warn(String(error)));
}
