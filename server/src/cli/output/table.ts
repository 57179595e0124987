/** Aligned columns for terminals. */
import { clip, columnsOf, wrap } from './width.ts';

/** Of a line, the most that one column but the last may take when the width is given. */
const SHARE = 0.45;

/** The last column is not padded. Cells must already be escaped. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return alignedRows([header, ...rows]).join('');
}

/** The narrowest last column; with less space its text stands below the line. */
const NARROWEST = 40;
const INDENT = 6;

/**
 * Each row as one or more lines of at most `width` columns: the text of the last column is wrapped, those before it are cut.
 * Rows have as many cells as the first one, all escaped.
 */
export function alignedRows(rows: readonly (readonly string[])[], width = Infinity): readonly string[] {
  const most = Math.max(8, Math.floor(width * SHARE));
  const heads = rows.map((row) => row.slice(0, -1).map((cell) => clip(cell, most)));
  const widths = (heads[0] ?? []).map((_, column) => Math.max(...heads.map((row) => columnsOf(row[column] ?? ''))));
  const margin = widths.reduce((sum, each) => sum + each + 2, 0);
  return rows.map((row, index) => {
    const head = (heads[index] ?? []).map((cell, column) => pad(cell, widths[column] ?? 0)).join('');
    return layOut(head, row.at(-1) ?? '', margin, width);
  });
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - columnsOf(cell) + 2);
}

function layOut(head: string, last: string, margin: number, width: number): string {
  const isBelow = width - margin < NARROWEST;
  const indent = isBelow ? Math.min(INDENT, width - 2) : margin;
  const lines = wrap(last, width - indent).map((line) => ' '.repeat(indent) + line);
  const [first = '', ...others] = isBelow ? [clip(head.trimEnd(), width), ...lines] : lines;
  const all = isBelow ? [first, ...others] : [head + first.slice(indent), ...others];
  return all
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}
