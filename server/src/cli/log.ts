/** Log lines on standard error: for a person at a terminal, or for a program that tells the levels apart. */
import type { Log, LogFields } from '../ports.ts';
import type { LogLine } from '../protocol/control.ts';
import type { Io } from './command.ts';

/** Warnings and errors only. */
export function stderrLog(io: Pick<Io, 'err'>): Log {
  const print = (message: string, fields: LogFields = {}): void => {
    const details = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
    io.err(`portcullis: ${message}${details.join('')}\n`);
  };
  return { error: print, warn: print, info: () => undefined, debug: () => undefined };
}

/** Every record as one line of JSON. */
export function jsonLog(io: Pick<Io, 'err'>): Log {
  const at =
    (level: LogLine['level']) =>
    (message: string, fields: LogFields = {}): void => {
      io.err(`${JSON.stringify({ level, message, ...fields })}\n`);
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}
