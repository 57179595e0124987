/** A scriptable MCP server as a real process: `node stub.mts '<StubOptions as JSON>'`. Start it with start.ts. */
import { Behaviour, type StubOptions } from './behaviour.mts';
import { serveHttp } from './httpFace.mts';

const options = JSON.parse(process.argv[2] ?? '{}') as StubOptions;
const behaviour = new Behaviour(options);

if (options.stubborn) {
  process.on('SIGTERM', () => undefined);
  setInterval(() => undefined, 60_000);
}
for (const line of options.stderr ?? []) console.error(line);
if (options.http) {
  // Whoever started it is gone.
  process.stdin.on('end', () => process.exit()).resume();
  serveHttp(behaviour, options.http);
} else serveStdio();

function serveStdio(): void {
  const printGarbage = (): void => (options.garbage ?? []).forEach((line) => process.stdout.write(`${line}\n`));
  const print = (text: string): void => {
    printGarbage();
    process.stdout.write(`${text}\n`);
  };
  printGarbage();
  let rest = '';
  process.stdin.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) behaviour.receive(line, print, print);
  });
}
