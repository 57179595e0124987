/** Entry of dist/server.js: over IPC when the extension starts it (`--node-ipc`), over stdin and stdout with `--stdio`. */
import { createConnection } from 'vscode-languageserver/node';
import { connectionLog } from './connection-log.ts';
import { nodeRuntime } from './node-runtime.ts';
import { startLanguageServer } from './server.ts';

const connection = createConnection();
startLanguageServer(connection, nodeRuntime(connectionLog(connection)));
