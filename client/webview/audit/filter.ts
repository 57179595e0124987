/** Which rows a filter lets through. Pure. */
import type { AuditFilter, TimeRange, TimeSpan } from '../../src/webview/audit/messages.ts';
import type { TextColumn } from '../../src/webview/audit/pack.ts';
import type { Calls } from './calls.ts';

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

/** `at`: milliseconds since the epoch. */
export const isWithin = ({ from, to }: TimeRange, at: number): boolean => at >= from && at < to;

const columns = [
  'tool',
  'client',
  'server',
  'rule',
  'message',
  'risk',
  'category',
] as const satisfies readonly TextColumn[];

/**
 * All that a filter says but the range that was chosen in the chart, of the numbers of `calls`. Every word must occur somewhere in the row,
 * whatever the case; `tool:word` (and so for each column) only there. `now`: milliseconds since the epoch.
 */
export function matcher({ decision, text, span }: AuditFilter, now: number, calls: Calls): (call: number) => boolean {
  const since = now - spans[span];
  const words = text.split(/\s+/).filter(Boolean);
  const wanted = [
    ...(Number.isFinite(since) ? [(call: number) => calls.at(call) >= since] : []),
    ...(decision === 'denied' ? [(call: number) => calls.isDenied(call)] : []),
    ...words.map((word) => readWord(word, calls)),
  ];
  return (call) => wanted.every((holds) => holds(call));
}

function readWord(text: string, calls: Calls): (call: number) => boolean {
  const named = columns.find((column) => text.toLowerCase().startsWith(`${column}:`));
  const searched: readonly TextColumn[] = named === undefined ? columns : [named];
  const word = (named === undefined ? text : text.slice(named.length + 1)).toLowerCase();
  const has = calls.texts.testing((each) => each.toLowerCase().includes(word));
  return (call) => searched.some((column) => has(calls.text(column, call)));
}
