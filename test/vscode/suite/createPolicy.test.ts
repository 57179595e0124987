import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
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

describe('creating a policy where no server is configured', () => {
  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const gone of [file('policy.json'), file('.vscode')])
      await vscode.workspace.fs.delete(gone, { recursive: true });
    const { language } = await activatedApp();
    await language.start();
    await eventually('that no server is left', language.onDidChangeServers, () =>
      language.servers.length === 0 ? true : undefined,
    );
  });

  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeWorkspace(workspaceFolder().fsPath, projectRoot);
  });

  // An installed extension has a `vscode` of its own, in which nothing can be chosen from here.
  beforeEach(function () {
    if (process.env['PORTCULLIS_VSIX'] !== undefined) this.skip();
  });

  it('offers the configuration first, then the demo, and an empty policy last; whoever turns away gets none', async () => {
    const offered = await choosing(undefined);
    assert.deepEqual(
      offered.map((label) => label.replace(/^\S+ /, '')),
      ['Open .vscode/mcp.json', 'Try It with a Demo Server', 'Create an Empty Policy'],
    );
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  it('opens a configuration without servers, with the cursor where the first one belongs', async () => {
    await choosing('Open .vscode/mcp.json');
    const { activeTextEditor: editor } = vscode.window;
    assert.equal(editor?.document.uri.toString(), file('.vscode', 'mcp.json').toString());
    assert.deepEqual(JSON.parse(editor.document.getText()), { servers: {} });
    assert.equal(editor.document.getText().slice(0, editor.document.offsetAt(editor.selection.active)).at(-1), '{');
    await assert.rejects(async () => await vscode.workspace.fs.stat(file('policy.json')));
  });

  it('still makes an empty policy for whoever wants one', async () => {
    await choosing('Create an Empty Policy');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.deepEqual(JSON.parse(text), { version: '1', default: 'deny', tools: {} });
  });
});

/** Runs the command and chooses what is named so; resolves to what was offered. */
async function choosing(label: string | undefined): Promise<readonly string[]> {
  const { showQuickPick } = vscode.window;
  let offered: readonly vscode.QuickPickItem[] = [];
  const choose = (items: readonly vscode.QuickPickItem[]): Promise<vscode.QuickPickItem | undefined> => {
    offered = items;
    return Promise.resolve(label === undefined ? undefined : items.find((item) => item.label.endsWith(label)));
  };
  Object.assign(vscode.window, { showQuickPick: choose });
  try {
    await vscode.commands.executeCommand('portcullis.createPolicy');
  } finally {
    Object.assign(vscode.window, { showQuickPick });
  }
  return offered.map((item) => item.label);
}

const write = async (uri: vscode.Uri, text: string): Promise<void> =>
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
