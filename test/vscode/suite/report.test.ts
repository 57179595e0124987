/** "Report State" with a secret in each place where a configuration may have one, and in the words of a failing server and of an error. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { hunt, plant } from '../../support/hunt.ts';
import { json, writeWorkspace } from '../workspace.ts';
import { activatedApp, eventually, file, projectRoot, workspaceFolder } from './host.ts';

const kinds = ['an argument', 'a variable', 'a header', 'a query', 'a user', 'standard error', 'an error'] as const;
const secrets = Object.fromEntries(kinds.map((kind) => [kind, plant()])) as Record<(typeof kinds)[number], string>;

const speaking = `console.error(${JSON.stringify(secrets['standard error'])}); process.exit(1)`;
const servers = {
  local: {
    ...{ type: 'stdio', command: process.execPath },
    args: ['-e', speaking, secrets['an argument']],
    env: { KEY: secrets['a variable'] },
  },
  remote: {
    type: 'http',
    url: `http://${secrets['a user']}:x@127.0.0.1:9/mcp?key=${secrets['a query']}`,
    headers: { Authorization: `Bearer ${secrets['a header']}` },
  },
};

describe('a report of the state', () => {
  before(async () => {
    await write(file('.vscode', 'mcp.json'), json({ servers }));
    await write(file('local.policy.json'), json({ version: '1', server: 'local', default: 'deny', tools: { x: {} } }));
    const { language, failures } = await activatedApp();
    await language.start();
    await eventually('the new configuration', language.onDidChangeServers, () =>
      language.servers.some(({ name, policyUri }) => name === 'local' && policyUri !== undefined) ? true : undefined,
    );
    await language.refreshTools('local').catch(() => undefined);
    failures.note('a command', Object.assign(new Error(secrets['an error']), { code: secrets['an error'] }));
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(file('local.policy.json'));
    await writeWorkspace(workspaceFolder().fsPath, projectRoot);
  });

  it('says what a bug report needs, and nothing that is secret', async () => {
    await vscode.commands.executeCommand('portcullis.reportState');
    const document = vscode.window.activeTextEditor?.document;
    const text = document?.getText() ?? '';
    assert.equal(document?.languageId, 'markdown');
    for (const part of [
      '`Portcullis`: `0.1.0`',
      '`local`: transport `stdio`, definedIn `.vscode/mcp.json`, policy `local.policy.json`',
      '`remote`: transport `http`',
      '- `local.policy.json`',
      '`a command` `Error`',
    ])
      assert.ok(text.includes(part), `${part} is not in\n${text}`);
    assert.deepEqual(hunt([['the report', text]], secrets), []);
    assert.ok(!text.includes(workspaceFolder().fsPath), 'a path of this machine is in it');
  });

  it('names a limit whose policy cannot be opened, which was asked for from the page of the audit view', async () => {
    const { audit, failures } = await activatedApp();
    const noted = new Promise((resolve) => {
      const note = failures.note.bind(failures);
      failures.note = (what, error) => resolve((note(what, error), what));
    });
    const panel = vscode.window.createWebviewPanel('test', 'A page', vscode.ViewColumn.One);
    const { webview, onDidDispose } = panel;
    const view = { webview, onDidDispose, onDidChangeVisibility: panel.onDidChangeViewState, visible: false };
    audit.resolveWebviewView(view as unknown as vscode.WebviewView);
    const message = { type: 'limit', policy: file('gone.policy.json').fsPath, rule: '/tools/x/limits/0' };
    webview.html = `<script>acquireVsCodeApi().postMessage(${JSON.stringify(message)})</script>`;
    assert.equal(await noted, 'audit.openLimit');
    panel.dispose();
  });
});

const write = async (uri: vscode.Uri, text: string): Promise<void> =>
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
