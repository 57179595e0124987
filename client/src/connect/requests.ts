/**
 * What the language server is asked about MCP clients: it reads and writes their files, by the same functions as the command line. Texts of these
 * files may hold secrets, so they are asked for under seal.
 */
import type {
  ApplyParams,
  ApplyResult,
  ClientPlace,
  ClientPlacesParams,
  ConnectParams,
  ConnectPlan,
} from '../../../server/src/protocol/connect.ts';
import { languageMessages } from '../../../server/src/protocol/language.ts';
import type { Language } from '../language/language.ts';

export async function clientPlaces(language: Language, params: ClientPlacesParams): Promise<readonly ClientPlace[]> {
  return await (await language.start()).sendRequest(languageMessages.clientPlaces, params);
}

/** `null`: the server is not configured any more. */
export async function planConnection(language: Language, params: ConnectParams): Promise<ConnectPlan | null> {
  return await (await language.start()).ask(languageMessages.planConnection, params);
}

export async function applyChanges(language: Language, params: ApplyParams): Promise<ApplyResult> {
  return await (await language.start()).ask(languageMessages.applyChanges, params);
}
