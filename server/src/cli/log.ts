/** Log lines for a person at a terminal: warnings and errors only, on standard error. */
import type { Log, LogFields } from '../ports.ts';
import type { Io } from './command.ts';

export function stderrLog(io: Pick<Io, 'err'>): Log {
  const print = (message: string, fields: LogFields = {}): void => {
    const details = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
    io.err(`portcullis: ${message}${details.join('')}\n`);
  };
  return { error: print, warn: print, info: () => undefined, debug: () => undefined };
}
