/** The lines that a gateway writes on stderr: into its output channel, and, when it ends, the reason among them. */

const PREFIX = 'portcullis: ';

/** Without the program's name: the channel bears it. */
export const plainLine = (line: string): string => (line.startsWith(PREFIX) ? line.slice(PREFIX.length) : line);

/** The last message and what belongs to it; warnings of the runtime that came before say nothing about the end. */
export function lastMessage(lines: readonly string[]): string {
  const start = lines.findLastIndex((line) => line.startsWith(PREFIX));
  return lines.slice(Math.max(0, start)).map(plainLine).join('\n');
}
