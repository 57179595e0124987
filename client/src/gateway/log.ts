/** The lines that a gateway writes on stderr: into its output channel, and, when it ends, the reason among them. */
import type { LogLine } from '../../../server/src/protocol/control.ts';

const PREFIX = 'portcullis: ';
const LEVELS: readonly unknown[] = ['error', 'warn', 'info', 'debug'] satisfies readonly LogLine['level'][];

export interface LogEntry {
  readonly level: LogLine['level'];
  /** The message and its fields. Without the program's name: the channel bears it. */
  readonly text: string;
  /** Whether the gateway said it, and not the runtime below it. */
  readonly isOwn: boolean;
}

export function readLine(line: string): LogEntry {
  const record = readRecord(line);
  if (record) return { level: record.level, text: textOf(record), isOwn: true };
  // Why it ends stands there for people.
  if (line.startsWith(PREFIX)) return { level: 'error', text: line.slice(PREFIX.length), isOwn: true };
  return { level: 'info', text: line, isOwn: false };
}

function readRecord(line: string): LogLine | undefined {
  try {
    const value = JSON.parse(line) as Partial<LogLine> | null;
    return LEVELS.includes(value?.level) && typeof value?.message === 'string' ? (value as LogLine) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(record: LogLine): string {
  const fields = Object.entries(record).filter(([name]) => name !== 'level' && name !== 'message');
  return [record.message, ...fields.map(([name, value]) => `${name}=${JSON.stringify(value)}`)].join(' ');
}

/** The last error, or else the last message, and what belongs to it; what the runtime said before tells nothing about the end. */
export function lastMessage(entries: readonly LogEntry[]): string {
  const error = entries.findLastIndex(({ isOwn, level }) => isOwn && level === 'error');
  const start = Math.max(0, error < 0 ? entries.findLastIndex(({ isOwn }) => isOwn) : error);
  const next = entries.findIndex(({ isOwn }, index) => index > start && isOwn);
  const message = entries.slice(start, next < 0 ? undefined : next);
  return message.map(({ text }) => text).join('\n');
}
