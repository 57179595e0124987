/** A language client of its own, with a recorder for an output channel and everything traced: what clients' files hold is in no line. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyChanges, planConnection } from '../../../client/src/connect/requests.ts';
import { Language } from '../../../client/src/language/language.ts';
import type { ConnectParams } from '../../../server/src/protocol/connect.ts';
import { formsIn, plant } from '../../support/hunt.ts';
import { json, writeWorkspace } from '../workspace.ts';
import { activatedApp, file, projectRoot, workspaceFolder } from './host.ts';

const secret = plant();
const lines: string[] = [];
let language: Language;

/** The real channel, but for its level and what it writes. */
function recorder(channel: vscode.LogOutputChannel): vscode.LogOutputChannel {
  const record = (...parts: readonly unknown[]): void => void lines.push(parts.map(String).join(' '));
  const recorded = { trace: record, debug: record, info: record, warn: record, error: record, appendLine: record };
  return { ...channel, ...recorded, append: record, logLevel: vscode.LogLevel.Trace };
}

const setTrace = async (value: string | undefined): Promise<void> =>
  await vscode.workspace
    .getConfiguration('portcullis')
    .update('trace.server', value, vscode.ConfigurationTarget.Workspace);

describe('the trace of the language server', () => {
  before(async () => {
    await setTrace('verbose');
    const client = { mcpServers: { other: { command: 'true', env: { KEY: secret } } } };
    await vscode.workspace.fs.writeFile(file('.cursor', 'mcp.json'), new TextEncoder().encode(json(client)));
    const app = await activatedApp();
    language = new Language(app.context, recorder(app.log), app.inputs);
    await language.knownServers();
  });

  after(async () => {
    await language.stop();
    await setTrace(undefined);
    await vscode.workspace.fs.delete(file('.cursor'), { recursive: true });
    await writeWorkspace(workspaceFolder().fsPath, projectRoot);
  });

  it('shows what was asked about the files of clients, and nothing of what they hold', async () => {
    const folder = workspaceFolder().fsPath;
    const params: ConnectParams = {
      ...{ folder, client: 'cursor', scope: 'folder', server: 'files', action: 'connect' },
      ...{ launcher: '/nowhere/portcullis', state: '/nowhere/state' },
    };
    const plan = await planConnection(language, params);
    assert.ok(plan?.kind === 'changes');
    assert.ok(plan.changes.some(({ before, after: then }) => before?.includes(secret) && then?.includes(secret)));
    const { problem } = await applyChanges(language, { folder, changes: plan.changes });
    assert.equal(problem, undefined);

    const traced = lines.join('\n');
    assert.match(
      traced,
      /Sending request 'portcullis\/planConnection[\s\S]*Received response 'portcullis\/applyChanges/,
    );
    assert.match(traced, /Params: \{/);
    assert.deepEqual(formsIn(traced, secret), []);
  });
});
