/** Where this installation keeps what the gateway and its clients need: the state, the program, and the launcher that client configurations name. */
import type * as vscode from 'vscode';
import { Launcher } from '../../../server/src/launcher.ts';

/** Where the gateway of this window keeps its state, and its records are read. */
export function stateFolderOf({ storageUri, globalStorageUri }: vscode.ExtensionContext): string {
  return (storageUri ?? globalStorageUri).fsPath;
}

/** The gateway and the command line. */
export const programOf = (context: vscode.ExtensionContext): string => context.asAbsolutePath('dist/portcullis.js');

export const launcherOf = (context: vscode.ExtensionContext): Launcher =>
  new Launcher(context.globalStorageUri.fsPath, programOf(context));
