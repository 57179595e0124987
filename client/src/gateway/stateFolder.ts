/** Where the gateway of this window keeps its state, and its records are read. */
import type * as vscode from 'vscode';

export function stateFolderOf({ storageUri, globalStorageUri }: vscode.ExtensionContext): string {
  return (storageUri ?? globalStorageUri).fsPath;
}
