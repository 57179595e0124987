/** Which rows a filter lets through. Pure. */
import type { AuditFilter, AuditRow, TimeRange, TimeSpan } from '../../src/webview/audit/messages.ts';

export const noFilter: AuditFilter = { decision: 'all', text: '', span: 'all' };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** In milliseconds, up to now. */
export const spans: Readonly<Record<TimeSpan, number>> = {
  all: Number.POSITIVE_INFINITY,
  '15m': 15 * MINUTE,
  '1h': HOUR,
  '24h': 24 * HOUR,
  '7d': 7 * 24 * HOUR,
};

export const isFiltering = ({ decision, text, span, range }: AuditFilter): boolean =>
  decision !== 'all' || text.trim() !== '' || span !== 'all' || range !== undefined;

export const isDenied = (row: AuditRow): boolean =>
  row.decision === 'deny' || row.outcome === 'refused' || row.outcome === 'expired';

export const isWithin = ({ from, to }: TimeRange, { at }: AuditRow): boolean => at >= from && at < to;

const columns = ['tool', 'client', 'server', 'rule', 'message', 'risk', 'category'] as const;

type Column = (typeof columns)[number];

/**
 * All that a filter says but the range that was chosen in the chart. Every word must occur somewhere in the row, whatever the case; `tool:word`
 * (and so for each column) only there. `now`: milliseconds since the epoch.
 */
export function matcher({ decision, text, span }: AuditFilter, now: number): (row: AuditRow) => boolean {
  const since = now - spans[span];
  const wanted = text.split(/\s+/).filter(Boolean).map(readWord);
  return (row) => {
    if (row.at < since || (decision === 'denied' && !isDenied(row))) return false;
    return wanted.every((isIn) => isIn(row));
  };
}

function readWord(text: string): (row: AuditRow) => boolean {
  const named = columns.find((column) => text.toLowerCase().startsWith(`${column}:`));
  const searched: readonly Column[] = named === undefined ? columns : [named];
  const has = remembering((named === undefined ? text : text.slice(named.length + 1)).toLowerCase());
  return (row) => searched.some((column) => has(row[column]));
}

/** A hundred thousand rows hold few different texts. */
function remembering(word: string): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = text.toLowerCase().includes(word);
    known.set(text, found);
    return found;
  };
}
