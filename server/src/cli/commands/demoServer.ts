/** `portcullis demo-server`: the server that "Try It with a Demo Server" configures, so that nothing has to be installed for it. */
import { serveDemo } from '../../demo/serve.ts';
import type { Command } from '../command.ts';

export const demoServerCommand: Command = {
  name: 'demo-server',
  summary: 'Run a shop that pretends, as an MCP server on stdio, to try policies on.',
  usage: '',
  help: `Twelve tools of a shop: some read, some write, pay back, delete or run a report. It reaches nothing, keeps its things
in memory, and forgets them when it ends.
`,
  example: 'portcullis tools -- portcullis demo-server',
  options: {},

  async run(_invocation, io) {
    await serveDemo(io.stdin, io.out);
    return 0;
  },
};
