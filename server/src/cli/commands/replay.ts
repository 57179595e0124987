/** `portcullis replay`: what a policy would have decided on the recorded calls. Reads the log; writes nothing. */
import { compilePolicy } from '../../policy/index.ts';
import { escapeUntrusted } from '../../catalog/index.ts';
import type { State } from '../../state/index.ts';
import { choice, text, UsageError, type Command } from '../command.ts';
import { compilable } from '../compilable.ts';
import { readSource } from '../files.ts';
import { table } from '../output/table.ts';
import { replay, type Replayed } from '../replay.ts';
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

"unknown": the log holds no values of arguments, and the decision depends on one, or on a limit that such a call may have used up.
Calls of grants that have a policy of their own are left out.
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
    const since = text(invocation, 'since');
    const from = since === undefined ? Number.NEGATIVE_INFINITY : parseSince(since, Date.now());
    const format = choice(invocation, 'format', ['text', 'json']);
    await compilable(file, io);
    const compiled = compilePolicy((await readSource(file, io.cwd)).bytes);
    if (!compiled.ok) throw new UsageError(`${file} was changed while it was read.`);
    return withExistingState(invocation, io, (state) => {
      const server = text(invocation, 'server') ?? compiled.policy.server ?? onlyServer(state);
      const own = new Set(state.grants.list().flatMap((grant) => (grant.policy === undefined ? [] : [grant.label])));
      const records = state.audit
        .read({ server })
        .filter((record) => record.kind === 'outcome' || !own.has(record.grant));
      const isWhole = (state.audit.read({ first: 1 })[0]?.seq ?? 1) === 1;
      const replayed = replay(compiled.policy, records, isWhole);
      const shown = replayed.filter(({ record }) => Date.parse(record.at) >= from);
      io.out(format === 'json' ? shown.map(lineOf).join('') : printed(shown));
      return 0;
    });
  },
};

function onlyServer({ audit }: State): string {
  const names = new Set(audit.read({}).flatMap((record) => (record.kind === 'decision' ? [record.server] : [])));
  const [name] = names;
  if (name !== undefined && names.size === 1) return name;
  throw new UsageError('The log has calls of more than one server, or of none: name one with --server.');
}

function lineOf({ record, before, after, rule }: Replayed): string {
  const { seq, at, tool } = record;
  return `${JSON.stringify({ seq, at, tool, before, was: record.rule, after, rule })}\n`;
}

/** Counts by tool, change and rule, the most frequent first; then what is the same. */
function printed(replayed: readonly Replayed[]): string {
  const changed = replayed.filter(({ before, after }) => before !== after);
  const counts = new Map<string, { cells: readonly string[]; count: number }>();
  for (const { record, before, after, rule } of changed) {
    const cells = [record.tool, `${before} → ${after}`, rule || record.rule].map((cell) => escapeUntrusted(cell));
    const key = JSON.stringify(cells);
    counts.set(key, { cells, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const rows = [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ cells, count }) => [String(count), ...cells]);
  const unknown = changed.filter(({ after }) => after === 'unknown').length;
  const sure = changed.length - unknown;
  const sentence = `${replayed.length} recorded calls: ${sure} would be decided otherwise, ${unknown} cannot be known.\n`;
  return rows.length === 0 ? sentence : `${table(['CALLS', 'TOOL', 'CHANGE', 'RULE'], rows)}${sentence}`;
}
