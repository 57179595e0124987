/** A language client over a pair of in-memory streams: the real server, the real protocol, no process. */
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CompletionList,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startLanguageServer, type Runtime } from '../../../server/src/language/index.ts';
import { languageMessages, type ServersParams } from '../../../server/src/protocol/language.ts';
import type { LanguageServerOptions } from '../../../server/src/protocol/languageOptions.ts';
import { marked } from './marker.ts';
import { FOLDER, POLICY_URI } from './runtime.ts';

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initialization?: LanguageServerOptions;
  /** Absolute paths. */
  readonly folders?: readonly string[];
}

export interface OpenDocument {
  readonly uri: string;
  /** Where the `|` stood. */
  readonly position: Position;
}

/** Waits for what a server tells; what was told before counts too. */
export interface Heard<T> {
  readonly all: readonly T[];
  until(wanted: (told: T) => boolean): Promise<T>;
}

export interface TestClient extends AsyncDisposable {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly servers: Heard<ServersParams>;
  readonly published: Heard<PublishDiagnosticsParams>;
  readonly log: Heard<{ readonly message: string }>;
  /** Opens a text; a `|` in it marks the position that is returned. */
  open(text: string, document?: { readonly uri?: string; readonly languageId?: string }): Promise<OpenDocument>;
  /** Replaces all of the text. */
  change(uri: string, version: number, text: string): Promise<void>;
  complete(at: OpenDocument): Promise<readonly string[]>;
  hover(at: OpenDocument): Promise<string>;
  pull(uri: string): Promise<readonly Diagnostic[]>;
  /** Settles when the server has the tools of the policies that are open. */
  live(): Promise<ServersParams>;
}

/** Connects and initializes. */
export async function connectClient(runtime: Runtime, options: ClientOptions = {}): Promise<TestClient> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startLanguageServer(server, runtime);
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const servers = hear<ServersParams>(connection, languageMessages.servers);
  const published = hear<PublishDiagnosticsParams>(connection, 'textDocument/publishDiagnostics');
  const log = hear<{ message: string }>(connection, 'window/logMessage');
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('workspace/codeLens/refresh', () => null);
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: (options.folders ?? [FOLDER]).map((folder) => ({ uri: `file://${folder}`, name: folder })),
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initialization ?? { trusted: true },
  });
  await connection.sendNotification('initialized', {});
  const at = ({ uri, position }: OpenDocument): object => ({ textDocument: { uri }, position });
  return {
    connection,
    initialized,
    servers,
    published,
    log,
    async open(textWithMarker, { uri = POLICY_URI, languageId = 'mcp-policy' } = {}) {
      const { text, offset } = textWithMarker.includes('|')
        ? marked(textWithMarker)
        : { text: textWithMarker, offset: 0 };
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      });
      return { uri, position: TextDocument.create(uri, languageId, 1, text).positionAt(offset) };
    },
    change: (uri, version, text) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    async complete(document) {
      const list = await connection.sendRequest<CompletionList | null>('textDocument/completion', at(document));
      return list?.items.map(({ label }) => label) ?? [];
    },
    async hover(document) {
      const hover = await connection.sendRequest<Hover | null>('textDocument/hover', at(document));
      return hover === null ? '' : (hover.contents as { value: string }).value;
    },
    async pull(uri) {
      const report = await connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri },
      });
      return report.items;
    },
    live: () => servers.until((told) => told.servers.some(({ tools }) => tools.state === 'live')),
    async [Symbol.asyncDispose]() {
      await connection.sendRequest('shutdown');
      connection.dispose();
      server.dispose();
    },
  };
}

function hear<T>(connection: ProtocolConnection, method: string): Heard<T> {
  const all: T[] = [];
  const waiting = new Set<(told: T) => void>();
  connection.onNotification(method, (told: T) => {
    all.push(told);
    for (const notify of waiting) notify(told);
  });
  return {
    all,
    until: (wanted) =>
      new Promise((resolve) => {
        const known = all.find(wanted);
        if (known !== undefined) return resolve(known);
        const notify = (told: T): void => {
          if (!wanted(told)) return;
          waiting.delete(notify);
          resolve(told);
        };
        waiting.add(notify);
      }),
  };
}
