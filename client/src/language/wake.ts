/**
 * Wakes the extension when a `policy.json` is opened, in whichever folder, and for no other file. VS Code has no such event, and that for
 * the language JSON comes in every window, for a file of its own. So package.json names a schema for these files, which VS Code's JSON asks
 * for when it first checks one, and which only the extension can give: it allows everything, since the file may be another product's.
 */
import * as vscode from 'vscode';
import { MemoryFiles } from '../views/memoryFiles.ts';

/** As in package.json. */
const SCHEMA = vscode.Uri.parse('portcullis-wake://schema/anything.json');

export function answerWakeUp(): vscode.Disposable {
  const files = new MemoryFiles();
  files.writeFile(SCHEMA, new TextEncoder().encode('{}'));
  return files.register(SCHEMA.scheme);
}
