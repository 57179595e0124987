/** The load over stdio: a message per line, many in flight, told apart by their ids. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Wire } from './conversation.mts';

const NEWLINE = 0x0a;
const ID = /"id":(\d+)/;

interface Waiting {
  resolve(text: string): void;
  reject(error: Error): void;
}

export function stdioWire(child: ChildProcessWithoutNullStreams): Wire {
  const waiting = new Map<number, Waiting>();
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The process ended while it was measured.'));
  });
  onLine(child, (line) => {
    const id = Number(ID.exec(idRegion(line))?.[1]);
    waiting.get(id)?.resolve(line);
    waiting.delete(id);
  });
  return {
    ask: (id, text) =>
      new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.stdin.write(`${text}\n`);
      }),
    async tell(text) {
      child.stdin.write(`${text}\n`);
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
    },
  };
}

/** The id stands at either end of a message. */
function idRegion(line: string): string {
  return line.length < 500 ? line : line.slice(0, 100) + line.slice(-100);
}

function onLine(child: ChildProcessWithoutNullStreams, take: (line: string) => void): void {
  let parts: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      parts.push(chunk.subarray(start, end));
      take(Buffer.concat(parts).toString('utf8'));
      parts = [];
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
  });
}
