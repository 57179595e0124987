/** Shows our views only where they have something to say: in a window with a policy, or once a command of ours was run. */
import * as vscode from 'vscode';
import { looksLikePolicy } from '../../../server/src/policy/recognise.ts';
import type { App } from '../app.ts';
import { POLICY_LANGUAGE } from '../language/language.ts';

export function followActivity(app: App, statusItem: vscode.StatusBarItem): vscode.Disposable {
  const activate = (): void => {
    statusItem.show();
    void setContext('active', true);
  };
  const look = (document: vscode.TextDocument): void => {
    if (document.languageId === POLICY_LANGUAGE) activate();
  };
  vscode.workspace.textDocuments.forEach(look);
  void setContext('gateway', app.gateway.state.kind);
  void hasPolicyAtRoot().then((found) => found && activate());
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    app.gateway.onDidChangeState((state) => {
      void setContext('gateway', state.kind);
      activate();
    }),
  );
}

/** Where policies usually lie; deeper ones are noticed when they are opened. */
async function hasPolicyAtRoot(): Promise<boolean> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if ((await read(vscode.Uri.joinPath(uri, '.mcp', 'policy.json'))) !== undefined) return true;
    if (looksLikePolicy((await read(vscode.Uri.joinPath(uri, 'policy.json'))) ?? '')) return true;
  }
  return false;
}

async function read(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined; // There is none.
  }
}

async function setContext(name: string, value: unknown): Promise<void> {
  await vscode.commands.executeCommand('setContext', `portcullis.${name}`, value);
}
