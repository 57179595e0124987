/** Audit records for people and programs. */
import { escapeUntrusted } from '../../catalog/index.ts';
import type { AcceptanceRecord, AuditRecord, DecisionRecord, OutcomeRecord } from '../../protocol/audit.ts';
import { encodeLine, type AuditLog, type AuditQuery } from '../../state/index.ts';
import { table } from './table.ts';

export type AuditRow = DecisionRow | AcceptanceRecord;

/** A decision with how the call ended, where that is known. */
interface DecisionRow extends DecisionRecord {
  readonly outcome?: OutcomeRecord['outcome'];
  readonly latencyMs?: number;
  readonly approver?: OutcomeRecord['approver'];
  readonly choice?: OutcomeRecord['choice'];
}

/** Records that are read at once: enough to be quick, few enough to hold. */
const PAGE = 2000;

/** The newest `limit` decisions and acceptances up to record `until`, oldest first; no more than that and a page are held in memory. */
export function readRows(
  log: Pick<AuditLog, 'read'>,
  query: AuditQuery,
  limit = Number.POSITIVE_INFINITY,
  until = Number.POSITIVE_INFINITY,
): readonly AuditRow[] {
  const rows = new Map<string, AuditRow>();
  let after = 0;
  for (;;) {
    const page = log.read({ ...query, after, first: PAGE });
    for (const record of page) if (record.seq <= until) add(rows, record);
    for (const id of rows.keys()) if (rows.size > limit) rows.delete(id);
    after = page.at(-1)?.seq ?? until;
    if (page.length < PAGE || after >= until) return [...rows.values()];
  }
}

function add(rows: Map<string, AuditRow>, record: AuditRecord): void {
  if (record.kind !== 'outcome') {
    rows.set(record.kind === 'decision' ? record.id : `acceptance ${record.seq}`, record);
    return;
  }
  const decision = rows.get(record.of);
  if (decision?.kind !== 'decision') return;
  const { outcome, latencyMs, approver, choice } = record;
  rows.set(record.of, {
    ...decision,
    outcome,
    ...(latencyMs !== undefined && { latencyMs }),
    ...(approver !== undefined && { approver }),
    ...(choice !== undefined && { choice }),
  });
}

/** One line of JSON. */
export function printRecord(row: AuditRow): string {
  return `${encodeLine(row)}\n`;
}

const HEADER = ['TIME', 'SERVER', 'CLIENT', 'TOOL', 'DECISION', 'OUTCOME', 'RULE', 'MESSAGE'];

export function printRows(rows: readonly AuditRow[], header = true): string {
  const printed = table(HEADER, rows.map(cells));
  return header ? printed : printed.slice(printed.indexOf('\n') + 1);
}

function cells(row: AuditRow): readonly string[] {
  if (row.kind === 'acceptance') {
    const { rule, message } = acceptedColumns(row);
    return [row.at, row.server, '', '', 'accepted', '', rule, message].map((cell) => escapeUntrusted(cell));
  }
  const outcome = row.latencyMs === undefined ? (row.outcome ?? '') : `${row.outcome} ${Math.round(row.latencyMs)} ms`;
  const plain = [row.at, row.server, row.client, row.tool, row.decision, outcome, row.rule, row.message];
  return plain.map((cell) => escapeUntrusted(cell));
}

/** An acceptance in the columns of decisions. */
function acceptedColumns({ what, loosened, more = 0 }: AcceptanceRecord): {
  readonly rule: string;
  readonly message: string;
} {
  const sentences = loosened.map((each) => `${each.about}: ${each.what}`);
  return { rule: `(${what})`, message: [...sentences, ...(more > 0 ? [`and ${more} more`] : [])].join('; ') };
}

const COLUMNS = [
  'seq',
  'at',
  'grant',
  'client',
  'session',
  'server',
  'method',
  'tool',
  'decision',
  'rule',
  'message',
  'policy',
  'category',
  'risk',
  'outcome',
  'latencyMs',
  'approver',
  'choice',
] as const;

/** RFC 4180, with a header line. */
export function toCsv(rows: readonly AuditRow[]): string {
  const lines = [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => String(columnsOf(row)[column] ?? '')))];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

function columnsOf(row: AuditRow): Partial<Record<(typeof COLUMNS)[number], string | number | undefined>> {
  if (row.kind !== 'acceptance') return row;
  const { seq, at, server, approver } = row;
  return { seq, at, server, approver, decision: 'accepted', ...acceptedColumns(row) };
}

/** A leading `=`, `+`, `-` or `@`, also of full width or behind spaces, would be a formula to a spreadsheet. */
export function csvCell(value: string): string {
  const text = escapeUntrusted(/^\s*[=+\-@＝＋－＠]/.test(value) ? `'${value}` : value, {
    max: Number.MAX_SAFE_INTEGER,
  });
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
