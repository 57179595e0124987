/** `portcullis replay`: what a policy would have decided on the recorded calls. Reads the log; writes nothing. */
import { compilePolicy } from '../../policy/index.ts';
import { Differences, doubtInWords, replayLog, type Replayed } from '../../replay/index.ts';
import { ownPolicies, recordedCalls, serversIn, type State } from '../../state/index.ts';
import { choice, text, UsageError, type Command } from '../command.ts';
import { compilable } from '../compilable.ts';
import { readSource } from '../files.ts';
import { printDifference } from '../output/replay.ts';
import { parseSince } from '../since.ts';
import { withExistingState } from '../withState.ts';

export const replayCommand: Command = {
  name: 'replay',
  summary: 'Decide the recorded calls again under a policy, and show the difference.',
  usage: 'POLICY [--since WHEN] [--server NAME] [--format text|json] [--state DIR]',
  help: `  --since WHEN     a time (2026-01-31T09:00:00Z) or an age (30m, 12h, 7d); default: all that is recorded
  --server NAME    whose calls (default: the server that the policy names, else the only one in the log)
  --format F       text (default) or json: one line per call, with "before", "after" and "rule"
  --state DIR      the gateway's state folder

"unknown": the decision depends on a value that was not kept, or on a limit that such a call may have used up; "why" says which.
Values are kept where "audit.values" says so, for 7 days. Calls of grants that have a policy of their own are left out.
`,
  example: 'portcullis replay policy.json --since 7d',
  options: {
    since: { type: 'string' },
    server: { type: 'string' },
    format: { type: 'string' },
    state: { type: 'string' },
  },
  needsSqlite: true,

  async run(invocation, io) {
    const [file, ...more] = invocation.positionals;
    if (file === undefined || more.length > 0) throw new UsageError('Name one policy file: portcullis replay POLICY');
    const given = text(invocation, 'since');
    const since = given === undefined ? Number.NEGATIVE_INFINITY : parseSince(given, Date.now());
    const format = choice(invocation, 'format', ['text', 'json']);
    await compilable(file, io);
    const compiled = compilePolicy((await readSource(file, io.cwd)).bytes);
    if (!compiled.ok) throw new UsageError(`${file} was changed while it was read.`);
    return withExistingState(invocation, io, (state) => {
      const server = text(invocation, 'server') ?? compiled.policy.server ?? onlyServer(state);
      const options = { server, since, ownPolicies: ownPolicies(state) };
      const differences = new Differences();
      for (const page of replayLog(recordedCalls(state), compiled.policy, options)) {
        if (format === 'json') io.out(page.map(lineOf).join(''));
        else differences.add(page);
      }
      if (format === 'text') io.out(printDifference(differences.result()));
      return 0;
    });
  },
};

function onlyServer(state: State): string {
  const [name, ...others] = serversIn(state);
  if (name !== undefined && others.length === 0) return name;
  throw new UsageError('The log has calls of more than one server, or of none: name one with --server.');
}

function lineOf({ record, before, after, rule, doubt }: Replayed): string {
  const { seq, at, tool } = record;
  const missing = doubt?.kind === 'values' ? { missing: doubt.missing } : {};
  const why = doubt ? { why: doubtInWords(doubt), ...missing } : {};
  return `${JSON.stringify({ seq, at, tool, before, was: record.rule, after, rule, ...why })}\n`;
}
