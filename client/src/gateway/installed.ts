/** Where this installation keeps what the gateway and its clients need: the state, the program, and the launcher that client configurations name. */
import path from 'node:path';
import type * as vscode from 'vscode';
import { Launcher } from '../../../server/src/launcher.ts';

/** Behind the id of a workspace, where VS Code sets the storage of its windows apart. */
const ANOTHER_WINDOW = /(?<=[\da-f])-\d$/;

/**
 * Where the gateway of this window keeps its state, and its records are read. A further window on a workspace is given a storage of its own
 * by VS Code (`<workspace>-1`), and so is one after a crash. The state is the workspace's: with a second one, each limit would count from
 * zero there, and what a person has accepted would not be known.
 */
export function stateFolderOf({ storageUri, globalStorageUri }: vscode.ExtensionContext): string {
  if (storageUri === undefined) return globalStorageUri.fsPath;
  const { dir, base } = path.parse(storageUri.fsPath);
  return path.join(dir.replace(ANOTHER_WINDOW, ''), base);
}

/** The gateway and the command line. */
export const programOf = (context: vscode.ExtensionContext): string => context.asAbsolutePath('dist/portcullis.js');

export const launcherOf = (context: vscode.ExtensionContext): Launcher =>
  new Launcher(context.globalStorageUri.fsPath, programOf(context));
