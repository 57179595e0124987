/** New files for policies and configurations: where they go, and that none is ever overwritten. */
import * as vscode from 'vscode';
import { showAt } from './openPolicy.ts';

export const workspaceFolder = (): vscode.Uri | undefined =>
  vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;

/** `policy.json` where it can only mean the one server, else a name that says which. `servers`: how many have no policy. */
export async function freeName(folder: vscode.Uri, server: string | undefined, servers: number): Promise<vscode.Uri> {
  const stem = server !== undefined && /^[\w.-]+$/.test(server) ? server : 'mcp';
  const names = [...(servers <= 1 ? ['policy.json'] : []), `${stem}.policy.json`];
  for (let count = 2; ; count += 1) {
    for (const name of names) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (!(await exists(uri))) return uri;
    }
    names.splice(0, names.length, `${stem}-${String(count)}.policy.json`);
  }
}

/** Fails, and changes nothing, when the file is there. Can be undone as any edit. */
export async function createFile(uri: vscode.Uri, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (await vscode.workspace.applyEdit(edit)) return;
  throw new Error(vscode.l10n.t('{0} could not be created.', vscode.workspace.asRelativePath(uri)));
}

/** `member`: an empty object in `content`; the cursor goes between its braces. */
export async function createAndOpen(uri: vscode.Uri, content: object, member: string): Promise<void> {
  await createFile(uri, `${JSON.stringify(content, null, 2)}\n`);
  const document = await vscode.workspace.openTextDocument(uri);
  const opening = `"${member}": {`;
  const inside = document.positionAt(document.getText().lastIndexOf(opening) + opening.length);
  await showAt(uri, new vscode.Range(inside, inside));
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
