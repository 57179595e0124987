/** `portcullis limits`: what is used now of each limit. Changes nothing. */
import { choice, text, UsageError, type Command, type ExitCode } from '../command.ts';
import { limitUses } from '../limitUses.ts';
import { printLimits } from '../output/limits.ts';
import { withExistingState } from '../withState.ts';

export const limitsCommand: Command = {
  name: 'limits',
  summary: 'See what is used of each limit, and when it frees up.',
  usage: '[--server NAME] [--format text|json] [--state DIR]',
  help: `  --server NAME      only this server's
  --format F         text (default), or json: one counter per line; "used" is an exact decimal
  --state DIR        the gateway's state folder

Counters that a shared state keeps (--shared-state-env) are not in this folder, and not shown.
`,
  example: 'portcullis limits --server trading',
  options: { server: { type: 'string' }, format: { type: 'string' }, state: { type: 'string' } },
  needsSqlite: true,

  async run(invocation, io) {
    if (invocation.positionals.length > 0) throw new UsageError('"limits" takes options only.');
    const format = choice(invocation, 'format', ['text', 'json']);
    const server = text(invocation, 'server');
    return withExistingState(invocation, io, async (state): Promise<ExitCode> => {
      const uses = await limitUses(state.countersInUse(Date.now()), state.grants);
      const shown = uses.filter((use) => server === undefined || use.server === server);
      if (format === 'json') for (const use of shown) io.out(`${JSON.stringify(use)}\n`);
      else io.out(printLimits(shown, Date.now()));
      return 0;
    });
  },
};
