/** Rows on their way into the page: what thousands of them say over and over travels once, and as it may be shown. Pure; both sides read its columns. */
import { visible } from '../visible.ts';
import type { AuditRow, PackedRows } from './messages.ts';

/** What of a row are texts, in the order in which they travel. */
export const textColumns = [
  ...(['tool', 'client', 'server', 'rule', 'message', 'risk', 'category'] as const),
  ...(['decision', 'outcome'] as const),
] as const satisfies readonly (keyof AuditRow)[];

export type TextColumn = (typeof textColumns)[number];

export function pack(rows: readonly AuditRow[]): PackedRows {
  const places = new Map<string, number>();
  const placeOf = (text: string): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, places.size);
    return places.size - 1;
  };
  const packed = rows.map(
    (row) => [row.id, row.at, row.latencyMs ?? null, textColumns.map((column) => placeOf(row[column] ?? ''))] as const,
  );
  return { texts: [...places.keys()].map(visible), rows: packed };
}
