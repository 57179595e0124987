/** Audit records for people and programs. */
import { escapeUntrusted } from '../../catalog/index.ts';
import type { AuditRecord, DecisionRecord, OutcomeRecord } from '../../protocol/audit.ts';
import { encodeLine } from '../../state/index.ts';
import { table } from './table.ts';

/** A decision with how the call ended, where that is known. */
export interface AuditRow extends DecisionRecord {
  readonly outcome?: OutcomeRecord['outcome'];
  readonly latencyMs?: number;
}

/** The newest `limit` decisions, oldest first. */
export function joinOutcomes(records: readonly AuditRecord[], limit = Number.POSITIVE_INFINITY): readonly AuditRow[] {
  const outcomes = new Map(records.filter((record) => record.kind === 'outcome').map((record) => [record.of, record]));
  const decisions = records.filter((record) => record.kind === 'decision');
  return decisions
    .slice(Math.max(0, decisions.length - limit))
    .map((decision) => join(decision, outcomes.get(decision.id)));
}

function join(decision: DecisionRecord, ended: OutcomeRecord | undefined): AuditRow {
  if (!ended) return decision;
  const { outcome, latencyMs } = ended;
  return { ...decision, outcome, ...(latencyMs !== undefined && { latencyMs }) };
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
  const outcome = row.latencyMs === undefined ? (row.outcome ?? '') : `${row.outcome} ${Math.round(row.latencyMs)} ms`;
  const plain = [row.at, row.server, row.client, row.tool, row.decision, outcome, row.rule, row.message];
  return plain.map((cell) => escapeUntrusted(cell));
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
] as const;

/** RFC 4180, with a header line. */
export function toCsv(rows: readonly AuditRow[]): string {
  const lines = [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => String(row[column] ?? '')))];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

/** A leading `=`, `+`, `-` or `@` would be a formula to a spreadsheet. */
function csvCell(value: string): string {
  const text = escapeUntrusted(/^[=+\-@]/.test(value) ? `'${value}` : value, { max: Number.MAX_SAFE_INTEGER });
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
