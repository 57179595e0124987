/** `portcullis lsp --stdio`: the language server for any editor. */
import { flag, UsageError, type Command, type ExitCode } from '../command.ts';

export const lspCommand: Command = {
  name: 'lsp',
  summary: 'Serve policy.json to any editor that speaks the Language Server Protocol.',
  usage: '--stdio',
  help: `  --stdio   speak LSP on stdin and stdout

Servers are started or contacted for their tool lists only when the client sends initializationOptions: { "trusted": true }.
`,
  example: 'portcullis lsp --stdio',
  options: { stdio: { type: 'boolean' } },

  async run(invocation, io) {
    if (!flag(invocation, 'stdio')) throw new UsageError('Say how to talk: portcullis lsp --stdio');
    // Loaded for this command alone: it is half of the program.
    const { serveOverStdio } = await import('../../language/index.ts');
    serveOverStdio();
    // The connection ends the process when the client says exit or goes away; a signal does so here.
    return new Promise<ExitCode>(() => io.signal.addEventListener('abort', () => process.exit(0)));
  },
};
