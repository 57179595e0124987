/**
 * The language server: builds its objects and connects them. Everything it does outside of its memory comes from the runtime;
 * what it answers comes from the pure functions in features/.
 */
import { TextDocuments, type Connection, type InitializeResult } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { serverCapabilities } from './capabilities.ts';
import { readClient } from './client-features.ts';
import { connectionLog } from './connection-log.ts';
import { handleFeatures } from './feature-handlers.ts';
import { handleMessages } from './message-handlers.ts';
import { handleNavigation } from './navigation-handlers.ts';
import type { Runtime } from './runtime.ts';
import { SafeRunner } from './safe-runner.ts';
import { Session } from './session.ts';
import { handleWorkspace } from './workspace-handlers.ts';

/** Serves one client and starts to listen on the connection. The caller owns the process and its exit. */
export function startLanguageServer(connection: Connection, runtime: Runtime): void {
  const documents = new TextDocuments(TextDocument);
  const safe = new SafeRunner(connectionLog(connection));

  connection.onInitialize((params): InitializeResult => {
    const client = readClient(params);
    const session = new Session({ connection, runtime, documents, safe, client });
    handleFeatures(connection, session);
    handleMessages(connection, session);
    handleNavigation(connection, session);
    handleWorkspace(connection, session, documents);
    return { capabilities: serverCapabilities(client), serverInfo: { name: 'portcullis' } };
  });

  documents.listen(connection);
  connection.listen();
}
