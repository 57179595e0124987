/** What the builder asks the language server, always about the text as the document has it now. */
import type * as vscode from 'vscode';
import { languageMessages } from '../../../../server/src/protocol/language.ts';
import type {
  FormOwner,
  PolicyFormParams,
  PolicyFormResult,
  PolicyPlaceParams,
  PolicyPlaceResult,
} from '../../../../server/src/protocol/policyForms.ts';
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

/** `null`: the text is no valid policy. */
export async function policyForm(
  language: Language,
  document: vscode.TextDocument,
  owner: FormOwner,
): Promise<PolicyFormResult> {
  const client = await language.start();
  const params: PolicyFormParams = { ...textOf(document), owner };
  return await client.sendRequest(languageMessages.policyForm, params);
}

export async function policyPlace(
  language: Language,
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
): Promise<PolicyPlaceResult> {
  const client = await language.start();
  const params: PolicyPlaceParams = { ...textOf(document), position: { line, character } };
  return await client.sendRequest(languageMessages.policyPlace, params);
}

function textOf(document: vscode.TextDocument): PolicyToolsParams {
  return { uri: document.uri.toString(), text: document.getText() };
}
