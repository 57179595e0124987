/** Reads the first line of stdin when a gateway is started with `--control`: its token and the answers to `${input:…}`. */
import type { ControlHello } from '../../protocol/control.ts';
import { readJson, toValue } from '../../policy/index.ts';

const MAX_HELLO_BYTES = 1024 * 1024;

/** 32 bytes in base64url. */
const SHORTEST_TOKEN = 43;

/** Rejects with words for people. `onEnd` is told when stdin closes after the line: whoever started the gateway is gone. */
export function readHello(stdin: NodeJS.ReadableStream, onEnd: () => void): Promise<ControlHello> {
  return new Promise((resolve, reject) => {
    let text = '';
    let isRead = false;
    stdin.on('data', (chunk: Buffer | string) => {
      if (isRead) return;
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end < 0 && text.length < MAX_HELLO_BYTES) return;
      isRead = true;
      const hello = parseHello(text.slice(0, Math.max(end, 0)));
      if (hello) resolve(hello);
      else reject(new Error('With --control, the first line on stdin must be { "controlToken", "inputs" }.'));
    });
    stdin.on('end', () => {
      if (isRead) onEnd();
      else reject(new Error('With --control, the gateway waits for a line on stdin, but stdin was closed.'));
    });
    stdin.on('error', reject);
  });
}

function parseHello(line: string): ControlHello | undefined {
  const reading = readJson(line);
  if (!reading.ok || reading.root.kind !== 'object') return undefined;
  const { controlToken, inputs, logins = {} } = toValue(reading.root) as Record<string, unknown>;
  if (typeof controlToken !== 'string' || controlToken.length < SHORTEST_TOKEN) return undefined;
  if (!isObject(inputs) || !isObject(logins)) return undefined;
  return { controlToken, inputs: textsOf(inputs), logins: textsOf(logins) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(value: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
