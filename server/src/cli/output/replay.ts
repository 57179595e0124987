/** What another policy would have decided, for terminals. */
import { escapeUntrusted } from '../../catalog/index.ts';
import { doubtInWords, type ChangedCalls, type Difference } from '../../replay/index.ts';
import { table } from './table.ts';

/** Counts by tool, change and rule, the most frequent first; then what is the same. */
export function printDifference({ calls, changed, unknown, groups }: Difference): string {
  const sentence = `${calls} recorded calls: ${changed} would be decided otherwise, ${unknown} cannot be known.\n`;
  return groups.length === 0 ? sentence : `${table(['CALLS', 'TOOL', 'CHANGE', 'RULE'], groups.map(cells))}${sentence}`;
}

function cells({ tool, before, after, rule, doubt, count }: ChangedCalls): readonly string[] {
  const why = doubt ? doubtInWords(doubt) : rule;
  return [String(count), tool, `${before} → ${after}`, why].map((cell) => escapeUntrusted(cell));
}
