/** `portcullis audit list|tail|stats|export|verify`: reads the log of decisions; writes nothing to it. */
import { followAudit, pages, type AuditQuery, type State } from '../../state/index.ts';
import { choice, count, text, UsageError, type Command, type ExitCode, type Invocation, type Io } from '../command.ts';
import { printRecord, printRows, readRows, toCsv } from '../output/audit.ts';
import { EXPORT_FORMATS, exportRecords } from '../output/auditExport.ts';
import { Statistics } from '../auditStatistics.ts';
import { printStatistics, statisticsCsv, statisticsJson } from '../output/auditStatistics.ts';
import { parseSince } from '../since.ts';
import { withExistingState } from '../withState.ts';

const DECISIONS = ['allow', 'deny', 'pending', 'wouldDeny'] as const;
const FORMATS = ['text', 'json', 'csv'] as const;

export const auditCommand: Command = {
  name: 'audit',
  summary: 'Read the log of decisions, follow it, count, or verify that nothing was changed.',
  usage: 'list|tail|stats|export|verify [filters] [--format F] [--state DIR]',
  help: `  list               decisions and how the calls ended, oldest first
  tail               the newest ten, then each new one as it is made
  stats              how often what was decided: by decision, tool, rule, client and hour
  export             the records for other programs, oldest first, on stdout
  verify             check the chain of records; exit code 1 names the first break or a cut tail

  --since WHEN       a time (2026-01-31T09:00:00Z) or an age (30m, 12h, 7d)
  --server NAME  --tool NAME  --grant LABEL
  --decision D       allow, deny, pending or wouldDeny
  --limit N          only the newest N decisions
  --format F         list: text (default), json (one decision per line), csv; tail: text, json;
                     stats: text, json (one object), csv;
                     export: jsonl (default; the records as stored), csv, otlp (OTLP/JSON, for OpenTelemetry)
  --state DIR        the gateway's state folder
`,
  example: 'portcullis audit list --decision deny --since 7d',
  options: {
    since: { type: 'string' },
    server: { type: 'string' },
    tool: { type: 'string' },
    grant: { type: 'string' },
    decision: { type: 'string' },
    limit: { type: 'string' },
    format: { type: 'string' },
    state: { type: 'string' },
  },
  needsSqlite: true,

  async run(invocation, io) {
    const [action, ...more] = invocation.positionals;
    if (action === undefined || more.length > 0)
      throw new UsageError('Say what to do: portcullis audit list, tail, stats, export or verify.');
    const run = ACTIONS[action];
    if (!run) throw new UsageError(`"audit ${action}" does not exist; it can be ${Object.keys(ACTIONS).join(', ')}.`);
    return withExistingState(invocation, io, (state) => run(state, invocation, io));
  },
};

type Action = (state: State, invocation: Invocation, io: Io) => ExitCode | Promise<ExitCode>;

const ACTIONS: Readonly<Record<string, Action>> = Object.assign(Object.create(null) as Record<string, Action>, {
  list,
  tail,
  stats,
  export: exportAll,
  verify,
});

function list(state: State, invocation: Invocation, io: Io): ExitCode {
  const format = choice(invocation, 'format', FORMATS);
  const rows = readRows(state.audit, queryOf(invocation), count(invocation, 'limit', 1));
  switch (format) {
    case 'text':
      io.out(printRows(rows));
      break;
    case 'json':
      for (const row of rows) io.out(printRecord(row));
      break;
    case 'csv':
      io.out(toCsv(rows));
  }
  return 0;
}

async function tail(state: State, invocation: Invocation, io: Io): Promise<ExitCode> {
  const format = choice(invocation, 'format', FORMATS);
  if (format === 'csv') throw new UsageError('"audit tail" prints text or json.');
  const query = queryOf(invocation);
  const after = state.audit.newest();
  const recent = readRows(state.audit, query, count(invocation, 'limit', 1) ?? 10, after);
  const print = format === 'json' ? printRecord : (row: (typeof recent)[number]) => printRows([row], false);
  for (const row of recent) io.out(print(row));
  for await (const record of followAudit(state.audit, { ...query, after }, { signal: io.signal }))
    if (record.kind !== 'outcome') io.out(print(record));
  return 0;
}

async function exportAll(state: State, invocation: Invocation, io: Io): Promise<ExitCode> {
  const format = choice(invocation, 'format', EXPORT_FORMATS);
  if (text(invocation, 'limit') !== undefined)
    throw new UsageError('"audit export" writes all that the filters leave; --limit is for list and tail.');
  for await (const piece of exportRecords(format, state.audit, queryOf(invocation))) io.out(piece);
  return 0;
}

function stats(state: State, invocation: Invocation, io: Io): ExitCode {
  const format = choice(invocation, 'format', FORMATS);
  if (text(invocation, 'limit') !== undefined)
    throw new UsageError('"audit stats" counts all that the filters leave; --limit is for list and tail.');
  const statistics = new Statistics();
  for (const page of pages(state.audit, queryOf(invocation))) statistics.add(page);
  const print = { text: printStatistics, json: statisticsJson, csv: statisticsCsv }[format];
  io.out(print(statistics.result()));
  return 0;
}

function verify(state: State, _invocation: Invocation, io: Io): ExitCode {
  const result = state.audit.verify();
  if (result.ok) {
    const { records, pruned } = result;
    const before = pruned
      ? ` Records 1 to ${pruned.seq} were removed by retention (audit.maxDays, audit.maxBytes), the last of them ${pruned.at}.`
      : '';
    io.out(`${records} records, the chain is whole.${before}\n`);
    return 0;
  }
  io.out(`The chain holds up to record ${result.records}; it breaks at record ${result.seq}. ${result.problem}\n`);
  return 1;
}

function queryOf(invocation: Invocation): AuditQuery {
  const since = text(invocation, 'since');
  const decision = text(invocation, 'decision') === undefined ? undefined : choice(invocation, 'decision', DECISIONS);
  const entries = Object.entries({
    since: since === undefined ? undefined : parseSince(since, Date.now()),
    server: text(invocation, 'server'),
    tool: text(invocation, 'tool'),
    grant: text(invocation, 'grant'),
    decision,
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
