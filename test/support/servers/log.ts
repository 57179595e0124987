/** A `Log` that remembers its entries. */
import type { Log, LogFields } from '../../../server/src/ports.ts';

export interface LogEntry {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly message: string;
  readonly fields: LogFields;
}

export function collectingLog(): { readonly log: Log; readonly entries: readonly LogEntry[] } {
  const entries: LogEntry[] = [];
  const at =
    (level: LogEntry['level']) =>
    (message: string, fields: LogFields = {}): void =>
      void entries.push({ level, message, fields });
  return { log: { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') }, entries };
}
