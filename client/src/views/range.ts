/** Ranges of messages, as VS Code has them. */
import * as vscode from 'vscode';
import type { WireRange } from '../../../server/src/protocol/language.ts';

export function rangeOf({ start, end }: WireRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
