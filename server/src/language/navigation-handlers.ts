/** LSP requests that lead from one place to another, in one document or between all of the workspace's. */
import {
  LSPErrorCodes,
  ResponseError,
  type Connection,
  type DefinitionParams,
  type DocumentLinkParams,
  type Location,
  type PrepareRenameParams,
  type ReferenceParams,
  type RenameParams,
  type WorkspaceEdit,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver';
import type { TextView } from './document/text-view.ts';
import { documentLinks } from './features/document-links.ts';
import { definitions, references } from './features/references.ts';
import { prepareRename, rename } from './features/rename.ts';
import { toolUriAt } from './features/tool-document.ts';
import { workspaceSymbols } from './features/workspace-symbols.ts';
import { casesExpecting } from './policy-tests/expecting.ts';
import { testDefinition, testLinks } from './policy-tests/navigation.ts';
import type { Session } from './session.ts';

interface At {
  readonly textDocument: { readonly uri: string };
}

/** The document that a request is about, among all that navigation looks through. */
type Looked = readonly [view: TextView, all: readonly TextView[]] | undefined;

type Look = (about: At) => Promise<Looked>;

export function handleNavigation(connection: Connection, session: Session): void {
  const { safe, neighbours, policies, tests, subjects, workspace } = session;
  const look: Look = async ({ textDocument: { uri } }) => {
    const all = await neighbours.all();
    const view = all.find((each) => each.uri === uri);
    return view && [view, all];
  };
  connection.onDefinition(
    safe.request('definition', [], async (params: DefinitionParams) => {
      const test = tests.view(params.textDocument.uri);
      if (test === undefined) return define(session, params, await look(params));
      return testDefinition(test, params.position, await subjects.of(test)) ?? [];
    }),
  );
  connection.onReferences(
    safe.request('references', [], async (params: ReferenceParams) => {
      const looked = await look(params);
      return looked === undefined ? [] : referencesOf(session, params, looked);
    }),
  );
  handleRename(connection, session, look);
  connection.onWorkspaceSymbol(
    safe.request('workspace symbols', [], async ({ query }: WorkspaceSymbolParams) =>
      workspaceSymbols(query, await neighbours.all()),
    ),
  );
  connection.onDocumentLinks(
    safe.request('links', [], ({ textDocument: { uri } }: DocumentLinkParams) => {
      const test = tests.view(uri);
      const view = policies.view(uri);
      if (view === undefined) return test === undefined ? [] : testLinks(test);
      return documentLinks(view, (server) => workspace.server(server)?.origin.file);
    }),
  );
}

/** Of the name at the cursor; where there is none, of the rule around it. */
function referencesOf(
  { policies }: Session,
  { position }: ReferenceParams,
  [view, all]: NonNullable<Looked>,
): Location[] {
  const named = references(view, position, all);
  const policy = policies.view(view.uri)?.policy;
  return named.length > 0 || policy === undefined ? named : casesExpecting(view, policy, view.offsetAt(position), all);
}

function handleRename(connection: Connection, { safe }: Session, look: Look): void {
  connection.onPrepareRename(
    safe.request('rename', null, async (params: PrepareRenameParams) => {
      const looked = await look(params);
      return looked === undefined ? null : prepareRename(looked[0], params.position);
    }),
  );
  connection.onRenameRequest(async (params, token) => {
    const answer = await safe.request('rename', null, async (given: RenameParams) => renamed(given, await look(given)))(
      params,
      token,
    );
    // A refusal is for the person, so it goes past the place where errors become "nothing".
    return typeof answer === 'string' ? new ResponseError(LSPErrorCodes.RequestFailed, answer) : answer;
  });
}

function define({ policies, workspace, client }: Session, params: DefinitionParams, looked: Looked): Location[] {
  if (looked === undefined) return [];
  const [view, all] = looked;
  const policy = policies.view(view.uri);
  const tools = policy && client.showsTools ? workspace.toolsFor(policy) : undefined;
  const tool = tools && toolUriAt(view, view.offsetAt(params.position), tools);
  const start = { line: 0, character: 0 };
  return tool === undefined ? definitions(view, params.position, all) : [{ uri: tool, range: { start, end: start } }];
}

function renamed({ position, newName }: RenameParams, looked: Looked): WorkspaceEdit | string | null {
  return looked === undefined ? null : rename(looked[0], position, newName, looked[1]);
}
