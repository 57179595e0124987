/** What happens to documents, folders and files, and what follows from it. */
import {
  DidChangeWatchedFilesNotification,
  type Connection,
  type TextDocuments,
  type WorkspaceFolder,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOf } from './client-features.ts';
import type { Session } from './session.ts';
import { readSettings } from './settings.ts';

/** Files in a workspace that say which servers there are and which policies belong to them. */
const WATCHED = [
  '**/portcullis.json',
  '**/portcullis.lock.json',
  '**/.vscode/mcp.json',
  '**/.mcp.json',
  '**/.cursor/mcp.json',
  '**/policy.json',
  '**/*.policy.json',
];

export function handleWorkspace(
  connection: Connection,
  session: Session,
  documents: TextDocuments<TextDocument>,
): void {
  const { client, safe, publisher, workspace, announcer } = session;

  connection.onInitialized(() => {
    safe.run('reading the configuration', () => session.reload());
    if (client.watchesFiles) safe.run('watching files', () => watch(connection));
    if (client.tellsFolders) followFolders(connection, session);
  });
  connection.onDidChangeWatchedFiles(() => safe.run('reading the configuration', () => session.reload()));
  connection.onDidChangeConfiguration(({ settings }) =>
    safe.run('settings', () => {
      session.settings = readSettings(settings);
      workspace.setRules(session.settings.rules);
      announcer.toolsChanged();
      announcer.surroundingsChanged();
    }),
  );
  connection.onShutdown(() => session.close());

  documents.onDidChangeContent(({ document: { uri } }) =>
    safe.run('a change', () => {
      if (!client.pullsDiagnostics) scheduleFrom(session, uri);
      workspace.wantOpen();
      announcer.pairingChanged();
    }),
  );
  documents.onDidClose(({ document: { uri } }) =>
    safe.run('closing a document', async () => {
      session.closeDocument(uri);
      announcer.pairingChanged();
      await publisher.clear(uri);
    }),
  );
}

/** What is said of a policy test depends on its policy, too. */
function scheduleFrom({ publisher, policies, tests }: Session, uri: string): void {
  publisher.schedule(uri);
  if (policies.view(uri)) for (const test of tests.all()) publisher.schedule(test.uri);
}

async function watch(connection: Connection): Promise<void> {
  const watchers = WATCHED.map((globPattern) => ({ globPattern }));
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

function followFolders(connection: Connection, session: Session): void {
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    session.workspace.changeFolders(paths(added), paths(removed));
    session.safe.run('reading the configuration', () => session.reload());
  });
}

function paths(folders: readonly WorkspaceFolder[]): string[] {
  return folders.flatMap(({ uri }) => pathOf(uri) ?? []);
}
