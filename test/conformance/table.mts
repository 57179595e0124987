/** Pure: results as a table in Markdown, a row for each scenario and a column for each way to the server. */
import { tally, type Tally } from './compare.mts';
import type { Results } from './suite.mts';

export interface Column {
  readonly title: string;
  readonly results: Results;
}

export function formatTable(title: string, columns: readonly Column[]): string {
  const scenarios = [...new Set(columns.flatMap(({ results }) => [...results.keys()]))];
  const rows = scenarios.map((scenario) => [scenario, ...columns.map(({ results }) => cell(results, scenario))]);
  const sums = ['**all**', ...columns.map(({ results }) => `**${format(sum(results))}**`)];
  return align([[title, ...columns.map((column) => column.title)], ...rows, sums]);
}

function cell(results: Results, scenario: string): string {
  const checks = results.get(scenario);
  return checks ? format(tally(checks)) : '-';
}

function sum(results: Results): Tally {
  const all = [...results.values()].map(tally);
  const add = (key: keyof Tally): number => all.reduce((total, each) => total + each[key], 0);
  return { passed: add('passed'), total: add('total') };
}

function format({ passed, total }: Tally): string {
  return `${passed}/${total}`;
}

function align(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
