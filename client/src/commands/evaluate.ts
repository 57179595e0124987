/** Tries a call out against a policy: the one that a lens is about, else the one in the editor. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { POLICY_LANGUAGE } from '../language/language.ts';

/** `policy` and `tool`: from a lens. Without a tool the person names it in the call. */
export async function evaluate(app: App, policy?: unknown, tool?: unknown): Promise<void> {
  const uri = typeof policy === 'string' ? vscode.Uri.parse(policy) : activePolicy();
  if (uri !== undefined) await app.trial.open(uri, typeof tool === 'string' ? tool : '');
}

function activePolicy(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === POLICY_LANGUAGE ? document.uri : undefined;
}
