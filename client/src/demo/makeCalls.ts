/** "Make Demo Calls": an agent's calls through the gateway, one for each kind of decision, with the panel in sight. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { liveServer } from '../gateway/state.ts';
import { DemoAgent } from './agent.ts';
import { DEMO_SERVER, demoCalls } from './policy.ts';
import { notices } from '../views/notices.ts';

export async function makeDemoCalls(app: App): Promise<void> {
  const server = liveServer(app.gateway.state, DEMO_SERVER);
  const token = await app.gateway.token();
  if (server === undefined || token === undefined)
    throw new Error(vscode.l10n.t('The gateway does not serve the demo. Run "Try It with a Demo Server" first.'));
  await app.audit.reveal(false);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('The demo agent calls tools'),
    cancellable: true,
  };
  const answers = await notices.progress(options, async (progress, cancelled) => {
    const ending = new AbortController();
    cancelled.onCancellationRequested(() => ending.abort());
    const agent = new DemoAgent(server.url, token, ending.signal);
    return await converse(agent, (message) => progress.report({ message })).catch((error: unknown) => {
      if (!cancelled.isCancellationRequested) throw error;
    });
  });
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
