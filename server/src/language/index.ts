/** The language server's public face. */
import { createConnection } from 'vscode-languageserver/node';
import { connectionLog } from './connection-log.ts';
import { nodeRuntime } from './node-runtime.ts';
import { startLanguageServer } from './server.ts';

export { startLanguageServer, nodeRuntime };
export type { Runtime } from './runtime.ts';

/** Serves the editor at the other end of this process's stdin and stdout; the process ends when the editor says so or goes away. */
export function serveOverStdio(): void {
  const connection = createConnection(process.stdin, process.stdout);
  startLanguageServer(connection, nodeRuntime(connectionLog(connection)));
}
