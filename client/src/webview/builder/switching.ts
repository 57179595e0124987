/** From the text of a policy to the builder and back: one takes the other's tab, and begins where the other was. */
import * as vscode from 'vscode';
import { POLICY_LANGUAGE } from '../../language/language.ts';
import { BUILDER, type PolicyBuilder } from './editor.ts';

/** `uri`: of the title bar's editor, or none for the active one. */
export async function openBuilder(builder: PolicyBuilder, uri?: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const document = editor?.document;
  const policy = uri instanceof vscode.Uri ? uri : document?.languageId === POLICY_LANGUAGE ? document.uri : undefined;
  if (policy === undefined) return;
  const isThere = document?.uri.toString() === policy.toString();
  const tab = activeTab((input) => input instanceof vscode.TabInputText && isOf(input.uri, policy));
  await builder.open(policy, isThere ? editor?.selection.active : undefined);
  await closeReplaced(tab);
}

export async function openBuilderAsText(builder: PolicyBuilder, uri?: unknown): Promise<void> {
  const tab = activeTab((input) => input instanceof vscode.TabInputCustom && input.viewType === BUILDER);
  const shown = tab?.input instanceof vscode.TabInputCustom ? tab.input.uri : undefined;
  const policy = uri instanceof vscode.Uri ? uri : shown;
  if (policy === undefined) return;
  const page = builder.pageOf(policy);
  await (page ? page.showText() : vscode.window.showTextDocument(policy, { preview: false }));
  if (shown && isOf(shown, policy)) await closeReplaced(tab);
}

function activeTab(isMeant: (input: unknown) => boolean): vscode.Tab | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab && isMeant(tab.input) ? tab : undefined;
}

const isOf = (uri: vscode.Uri, policy: vscode.Uri): boolean => uri.toString() === policy.toString();

/** VS Code would ask whether to save when a tab with changes goes, though the other one has them too: that one stays. */
async function closeReplaced(tab: vscode.Tab | undefined): Promise<void> {
  if (tab === undefined || tab.isDirty || tab.isActive) return;
  await vscode.window.tabGroups.close(tab, true);
}
