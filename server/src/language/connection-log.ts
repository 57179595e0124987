/** The log port over LSP's `window/logMessage`. */
import type { Connection } from 'vscode-languageserver';
import type { Log, LogFields } from '../ports.ts';

export function connectionLog(connection: Connection): Log {
  const { console } = connection;
  return {
    error: (message, fields) => console.error(line(message, fields)),
    warn: (message, fields) => console.warn(line(message, fields)),
    info: (message, fields) => console.info(line(message, fields)),
    debug: (message, fields) => console.debug(line(message, fields)),
  };
}

function line(message: string, fields: LogFields = {}): string {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return [message, ...known.map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(' ');
}
