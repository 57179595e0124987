/** A log that keeps its lines, and can be waited for. */
import type { Log } from '../../server/src/ports.ts';

export interface RecordedLog {
  readonly log: Log;
  /** `level: message`, with what was logged beside it. */
  readonly lines: readonly string[];
  /** Resolves with the first line that holds the text, also one that has been logged already. */
  said(text: string): Promise<string>;
}

export function recordLog(): RecordedLog {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const level =
    (name: keyof Log): Log['info'] =>
    (message, fields) => {
      lines.push(`${name}: ${message} ${JSON.stringify(fields ?? {})}`);
      for (const look of waiting) look();
    };
  return {
    log: { error: level('error'), warn: level('warn'), info: level('info'), debug: level('debug') },
    lines,
    said: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          const line = lines.find((each) => each.includes(text));
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
      }),
  };
}
