/** "Make Demo Calls": an agent's calls through the gateway, one for each kind of decision, with the panel in sight. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { liveServer } from '../gateway/state.ts';
import { notices } from '../views/notices.ts';
import { cancellable, signalOf } from '../views/progress.ts';
import { DemoAgent } from './agent.ts';
import { DEMO_SERVER, demoCalls } from './policy.ts';

export async function makeDemoCalls(app: App): Promise<void> {
  const server = liveServer(app.gateway.state, DEMO_SERVER);
  const token = await app.gateway.token();
  if (server === undefined || token === undefined)
    throw new Error(vscode.l10n.t('The gateway does not serve the demo. Run "Try It with a Demo Server" first.'));
  await app.audit.reveal(false);
  const answers = await cancellable(vscode.l10n.t('The demo agent calls tools'), (cancelled, report) =>
    converse(new DemoAgent(server.url, token, signalOf(cancelled)), report),
  );
  if (answers !== undefined) void notices.inform(summary(answers));
}

/** How many calls were let through. */
async function converse(agent: DemoAgent, report: (message: string) => void): Promise<number> {
  await agent.connect();
  let passed = 0;
  for (const call of demoCalls) {
    const isLast = call === demoCalls.at(-1);
    report(isLast ? vscode.l10n.t('{0} waits for your answer in the panel.', call.tool) : call.tool);
    const { isError } = await agent.call(call);
    passed += isError ? 0 : 1;
  }
  await agent.close();
  return passed;
}

function summary(passed: number): string {
  return vscode.l10n.t(
    '{0} of {1} calls reached the demo shop. Double-click a row in the panel to go to its rule, change it, save, and call again.',
    passed,
    demoCalls.length,
  );
}
