/** The figures of `npm run bench:language` as a table, and how they grow with the document. */
import { loadavg } from 'node:os';
import type { Measured } from './measure.ts';

export interface Row {
  readonly entries: number;
  readonly operation: string;
  readonly ours: Measured;
  /** VS Code's own JSON service, with the same text. */
  readonly json?: Measured;
}

/** More than this, and an operation is worse than linear in the document. */
export const MOST_GROWTH = 1.5;

export interface Growth {
  readonly operation: string;
  /** The processor time for each entry in the largest document, to the least of the smaller ones. */
  readonly factor: number;
}

export function printRows(title: string, rows: readonly Row[]): void {
  const lines = rows.map(({ operation, ours, json }) =>
    [operation.padEnd(44), pair(ours), json ? pair(json) : ''.padEnd(32), json ? ratio(ours, json) : ''].join(''),
  );
  const head = [
    'processor time (clock), median / p95, ms'.padEnd(44),
    'portcullis'.padEnd(32),
    'JSON service'.padEnd(32),
  ];
  const load = `load ${loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')}`;
  console.log([`${title}, ${load}`, `${head.join('')}p95 to p95`, ...lines].join('\n'));
}

function pair({ processor, clock }: Measured): string {
  const text = (figures: Measured['clock']): string => `${figures.median.toFixed(1)} / ${figures.p95.toFixed(1)}`;
  return `${text(processor)} (${text(clock)})`.padEnd(32);
}

function ratio(ours: Measured, json: Measured): string {
  return `${(ours.processor.p95 / json.processor.p95).toFixed(2)} ×`;
}

/** By operation, as far as it was measured with several sizes. A constant cost makes a small document look dear, and a factor small. */
export function growthOf(rows: readonly Row[]): readonly Growth[] {
  return [...new Set(rows.map(({ operation }) => operation))].flatMap((operation) => {
    const measured = rows.filter((row) => row.operation === operation).toSorted((a, b) => a.entries - b.entries);
    const costs = measured.map(({ entries, ours }) => ours.processor.quarter / entries);
    const largest = costs.at(-1);
    if (largest === undefined || costs.length < 2) return [];
    return [{ operation, factor: largest / Math.min(...costs.slice(0, -1)) }];
  });
}
