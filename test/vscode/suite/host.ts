/** What the tests inside the extension host share: the extension's parts, its workspace, and waiting for events. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../../../client/src/app.ts';

/** This bundle lies in out/suite. */
export const projectRoot = path.resolve(__dirname, '../..');

const LONGEST_WAIT = 30_000;

export async function activatedApp(): Promise<App> {
  const extension = vscode.extensions.getExtension<App>('portcullis.portcullis');
  assert.ok(extension, 'the extension is not installed');
  return await extension.activate();
}

export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the tests need a folder: start them through npm test');
  return folder.uri;
}

export const file = (...names: string[]): vscode.Uri => vscode.Uri.joinPath(workspaceFolder(), ...names);

export async function show(uri: vscode.Uri): Promise<vscode.TextDocument> {
  return (await vscode.window.showTextDocument(uri, { preview: false })).document;
}

/** Resolves as soon as `read` gives something, asked now and after each event. Rejects, naming `what`, when that takes too long. */
export async function eventually<T>(what: string, event: vscode.Event<unknown>, read: () => T | undefined): Promise<T> {
  const now = read();
  if (now !== undefined) return now;
  return await new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      listening.dispose();
      reject(new Error(`waited too long for ${what}`));
    }, LONGEST_WAIT);
    const listening = event(() => {
      const value = read();
      if (value === undefined) return;
      clearTimeout(timer);
      listening.dispose();
      resolve(value);
    });
  });
}

/** The whole text, replaced as a person's edit would, and saved. */
export async function rewrite(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(document.uri, all, text);
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

export const opened = (document: vscode.TextDocument): Promise<string> =>
  eventually('the language of the document', vscode.workspace.onDidOpenTextDocument, () =>
    document.languageId === 'mcp-policy' ? document.languageId : undefined,
  );

/** Where the cursor stands after `before`, which occurs once. */
export function after(document: vscode.TextDocument, before: string): vscode.Position {
  const offset = document.getText().indexOf(before);
  assert.ok(offset >= 0, `${before} is not in the document`);
  return document.positionAt(offset + before.length);
}

/** The workspace's own server, paired with its policy: the configuration was read after it was written. */
export async function pairedServer(app: App): Promise<void> {
  await app.language.start();
  const { language } = app;
  await eventually('the configured server', language.onDidChangeServers, () =>
    language.servers.some((server) => server.name === 'files' && server.policyUri !== undefined) ? true : undefined,
  );
}
