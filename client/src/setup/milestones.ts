/** What a person has got to, for the walkthrough: a step is ticked off when it was done, not when its button was pressed. */
import * as vscode from 'vscode';
import type { Gateway } from '../gateway/gateway.ts';
import { POLICY_LANGUAGE } from '../language/language.ts';

/** A policy was written, a client was told of the gateway, a call was decided. */
export type Milestone = 'policy' | 'client' | 'call';

const reached = new Set<Milestone>();

/** VS Code remembers steps that are done: to say it once per window is enough. */
export async function reach(milestone: Milestone): Promise<void> {
  if (reached.has(milestone)) return;
  reached.add(milestone);
  await vscode.commands.executeCommand('setContext', `portcullis.reached.${milestone}`, true);
}

export function followMilestones(gateway: Gateway): vscode.Disposable {
  return vscode.Disposable.from(
    gateway.onDidRecord(({ kind }) => kind === 'decision' && void reach('call')),
    vscode.workspace.onDidSaveTextDocument(({ languageId }) => languageId === POLICY_LANGUAGE && void reach('policy')),
  );
}
