/** Statistics of the audit log for people and programs. */
import { escapeUntrusted } from '../../catalog/index.ts';
import { DIMENSIONS, type Counts, type Dimension, type Line, type StatisticsResult } from '../auditStatistics.ts';
import { csvCell } from './audit.ts';
import { table } from './table.ts';

/** Lines of each table for people: of hours the newest. */
const SHOWN = 20;

const HEADS: Readonly<Record<Dimension, string>> = {
  decision: 'DECISION',
  tool: 'TOOL',
  rule: 'RULE',
  client: 'CLIENT',
  hour: 'HOUR (UTC)',
};
const COLUMNS = ['calls', 'allow', 'deny', 'wouldDeny', 'pending'] as const satisfies readonly (keyof Counts)[];
const COLUMN_HEADS = ['CALLS', 'ALLOW', 'DENY', 'WOULD DENY', 'ASKED'];

export function printStatistics({ total, by }: StatisticsResult): string {
  const sentence = `${total.calls} calls: ${total.allow} allowed, ${total.deny} denied, ${total.wouldDeny} would have been denied. People were asked ${total.pending} times.\n`;
  const shown = DIMENSIONS.filter((dimension) => dimension !== 'decision' && by[dimension].length > 0);
  return [sentence, ...shown.map((dimension) => section(dimension, by[dimension]))].join('\n');
}

function section(dimension: Dimension, lines: readonly Line[]): string {
  const shown = dimension === 'hour' ? lines.slice(-SHOWN) : lines.slice(0, SHOWN);
  const rows = shown.map((line) => [...COLUMNS.map((column) => String(line[column])), escapeUntrusted(line.name)]);
  const left = lines.length - shown.length;
  const more =
    left === 0 ? '' : `and ${left} ${dimension === 'hour' ? 'earlier hours' : 'more'}: --format json has all\n`;
  return `${table([...COLUMN_HEADS, HEADS[dimension]], rows)}${more}`;
}

/** One object: `total`, and by each dimension the name and counts of every line. */
export function statisticsJson({ total, by }: StatisticsResult): string {
  return `${JSON.stringify({ total, ...by })}\n`;
}

/** RFC 4180, with a header line: a line for each name of each dimension. */
export function statisticsCsv({ by }: StatisticsResult): string {
  const rows = DIMENSIONS.flatMap((dimension) =>
    by[dimension].map((line) => [dimension, line.name, ...COLUMNS.map((column) => String(line[column]))]),
  );
  return [['by', 'name', ...COLUMNS], ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}
