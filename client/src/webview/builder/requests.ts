/** What the builder asks the language server, always about the text as the document has it now. */
import type * as vscode from 'vscode';
import { languageMessages } from '../../../../server/src/protocol/language.ts';
import type {
  PolicyChange,
  PolicyChangeParams,
  PolicyChangeResult,
  PolicyToolsParams,
  PolicyToolsResult,
} from '../../../../server/src/protocol/policyTools.ts';
import type { Language } from '../../language/language.ts';

/** `null`: something went wrong; the log says what. */
export async function policyTools(
  language: Language,
  document: vscode.TextDocument,
): Promise<PolicyToolsResult | null> {
  const client = await language.start();
  return await client.sendRequest(languageMessages.policyTools, textOf(document));
}

export async function policyChange(
  language: Language,
  document: vscode.TextDocument,
  change: PolicyChange,
): Promise<PolicyChangeResult> {
  const client = await language.start();
  const params: PolicyChangeParams = { ...textOf(document), change };
  return await client.sendRequest(languageMessages.policyChange, params);
}

function textOf(document: vscode.TextDocument): PolicyToolsParams {
  return { uri: document.uri.toString(), text: document.getText() };
}
