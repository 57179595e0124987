/** `portcullis` on the command line: finds the subcommand, parses its options, turns what ends it into an exit code. */
import { systemHome } from '../mcp/index.ts';
import { watchForEnd } from './ending.ts';
import { runCommandLine, tidiesUp } from './run.ts';
import { readTerminal } from './terminal.ts';

const argv = process.argv.slice(2);
const stopped = new AbortController();
watchForEnd(stopped, tidiesUp(argv));

void runCommandLine(argv, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  terminal: readTerminal(process.stdout, process.env, process.stdin),
  stdin: process.stdin,
  cwd: process.cwd(),
  env: process.env,
  ...systemHome(),
  signal: stopped.signal,
}).then((code) => (process.exitCode ??= code));
