/** From an argument vector to an exit code. */
import { parseArgs } from 'node:util';
import { UnreachableError, UsageError, type Command, type ExitCode, type Invocation, type Io } from './command.ts';
import { commands } from './commands/index.ts';
import { version } from './version.ts';

/** Whether the command of `portcullis <argv…>` must be left to end by itself. */
export function tidiesUp([name]: readonly string[]): boolean {
  return commands.some((command) => command.name === name && command.tidiesUp === true);
}

/** Runs `portcullis <argv…>`. Never throws. */
export async function runCommandLine(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...args] = argv;
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') return printOverview(io);
    if (name === '--version') return printVersion(io);
    return await runCommand(find(name), args, io);
  } catch (error) {
    return report(error, io);
  }
}

async function runCommand(command: Command, args: readonly string[], io: Io): Promise<ExitCode> {
  const invocation = parse(command, args);
  if (invocation.values['help'] === true) {
    io.out(describe(command));
    return 0;
  }
  if (command.needsSqlite === true) demandSqlite(command);
  return command.run(invocation, io);
}

function parse(command: Command, args: readonly string[]): Invocation {
  const separator = args.indexOf('--');
  const own = separator < 0 ? args : args.slice(0, separator);
  const rest = separator < 0 ? [] : args.slice(separator + 1);
  const help = { type: 'boolean', short: 'h' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...own],
      options: { ...command.options, help },
      allowPositionals: true,
      strict: true,
    });
    return { values, positionals, rest };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${reason}\nSee: portcullis ${command.name} --help`);
  }
}

function find(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  throw new UsageError(`There is no command "${name}". See: portcullis --help`);
}

/** `node:sqlite` needs no flag from 22.13 on. */
function demandSqlite(command: Command): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return;
  throw new UsageError(
    `"portcullis ${command.name}" keeps its state in SQLite, which needs Node 22.13 or newer; this is Node ${process.versions.node}.\n` +
      'Run it with a newer Node, for example: npx -y node@24 "$(command -v portcullis)" …',
  );
}

function printOverview(io: Io): ExitCode {
  const width = Math.max(...commands.map((command) => command.name.length));
  const list = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`).join('\n');
  io.out(`Portcullis decides what AI agents may do with MCP tools.

Usage: portcullis <command> [options]

${list}

"portcullis <command> --help" shows the options and an example.
Exit codes: 0 fine, 1 findings or a failed expectation, 2 wrong use or unreadable input, 3 server unreachable.
`);
  return 0;
}

function printVersion(io: Io): ExitCode {
  io.out(`${version()}\n`);
  return 0;
}

function describe(command: Command): string {
  return `${command.summary}

Usage: portcullis ${command.name} ${command.usage}

${command.help}
Example:
  ${command.example}
`;
}

function report(error: unknown, io: Io): ExitCode {
  if (error instanceof UsageError || error instanceof UnreachableError) {
    io.err(`portcullis: ${error.message}\n`);
    return error instanceof UsageError ? 2 : 3;
  }
  io.err(
    `portcullis: internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 2;
}
