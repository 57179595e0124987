import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { json, writeWorkspace } from '../workspace.ts';
import { activatedApp, eventually, file, projectRoot, workspaceFolder } from './host.ts';

describe('creating a policy for a server whose tools cannot be had', () => {
  before(async () => {
    await writeWorkspace(workspaceFolder().fsPath, projectRoot);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(file('policy.json'));
    const broken = { type: 'stdio', command: 'no-such-command-anywhere' };
    await write(file('.vscode', 'mcp.json'), json({ servers: { broken } }));
    const { language } = await activatedApp();
    await language.start();
    await eventually('the new configuration', language.onDidChangeServers, () =>
      language.servers.some(({ name, policyUri }) => name === 'broken' && policyUri === undefined) ? true : undefined,
    );
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeWorkspace(workspaceFolder().fsPath, projectRoot);
  });

  it('writes one that denies everything, with the cursor where the first tool belongs', async () => {
    await vscode.commands.executeCommand('portcullis.createPolicy');
    const { activeTextEditor: editor } = vscode.window;
    assert.equal(editor?.document.uri.toString(), file('policy.json').toString());
    assert.deepEqual(JSON.parse(editor.document.getText()), {
      version: '1',
      server: 'broken',
      default: 'deny',
      tools: {},
    });
    assert.equal(editor.document.getText().slice(0, editor.document.offsetAt(editor.selection.active)).at(-1), '{');
  });
});

const write = async (uri: vscode.Uri, text: string): Promise<void> =>
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
