/** Writes a line of the gateway's own log into its output channel, at the level that the line names. */
import type { LogOutputChannel } from 'vscode';

interface LogLine {
  readonly level?: unknown;
  readonly message?: unknown;
}

/** A line is a JSON object with `level`, `message` and fields, or plain text. */
export function logGatewayLine(channel: LogOutputChannel, line: string): void {
  const { level, message, ...fields } = parse(line);
  const text = [String(message), ...Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`)];
  if (level === 'error') channel.error(text.join(' '));
  else if (level === 'warn') channel.warn(text.join(' '));
  else if (level === 'debug') channel.debug(text.join(' '));
  else channel.info(text.join(' '));
}

function parse(line: string): LogLine {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && 'message' in value) return value;
  } catch {
    // Plain text, for example a warning of the runtime.
  }
  return { message: line };
}
