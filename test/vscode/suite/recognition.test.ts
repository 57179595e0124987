import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { writeWorkspace } from '../workspace.ts';
import { eventually, file, opened, projectRoot, show, workspaceFolder } from './host.ts';

describe('recognising policies', () => {
  before(async () => await writeWorkspace(workspaceFolder().fsPath, projectRoot));

  it('gives a bare policy.json with a policy in it the language of policies', async () => {
    const document = await show(file('policy.json'));
    assert.equal(await opened(document), 'mcp-policy');
  });

  it("leaves another product's policy.json with VS Code's JSON", async () => {
    const document = await show(file('iam', 'policy.json'));
    await anotherIsRecognised('after-iam');
    assert.equal(document.languageId, 'json');
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  });

  it('respects a language that the user chose afterwards', async () => {
    const document = await show(file('policy.json'));
    await opened(document);
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    await document.save();
    await anotherIsRecognised('after-choice');
    assert.equal(document.languageId, 'json');
    await vscode.languages.setTextDocumentLanguage(document, 'mcp-policy');
  });

  it('recognises a file that was opened empty, once it says what it is', async () => {
    const uri = file('new', 'policy.json');
    await vscode.workspace.fs.writeFile(uri, new Uint8Array());
    const document = await show(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '{ "version": "1", "default": "deny", "tools": {} }');
    await vscode.workspace.applyEdit(edit);
    await eventually(
      'the language',
      vscode.workspace.onDidOpenTextDocument,
      () => document.languageId === 'mcp-policy' || undefined,
    );
    await document.save();
  });

  it('gives *.policy.json the language by its name', async () => {
    const uri = file('files.policy.json');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{}'));
    assert.equal((await show(uri)).languageId, 'mcp-policy');
    await vscode.workspace.fs.delete(uri);
  });
});

/** Documents are looked at in the order in which they are opened and saved: what was before this one is decided. */
async function anotherIsRecognised(folder: string): Promise<void> {
  const uri = file(folder, 'policy.json');
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{ "version": "1", "default": "deny" }'));
  assert.equal(await opened(await show(uri)), 'mcp-policy');
}
