/** Which rows a filter lets through. Pure. */
import type { AuditFilter, AuditRow } from '../../src/webview/audit/messages.ts';

export const noFilter: AuditFilter = { decision: 'all', text: '' };

export const isFiltering = (filter: AuditFilter): boolean => filter.decision !== 'all' || filter.text.trim() !== '';

/** Every word must occur somewhere in the row, whatever the case. */
export function matcher(filter: AuditFilter): (row: AuditRow) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return (row) => {
    if (filter.decision === 'denied' && !isDenied(row)) return false;
    if (words.length === 0) return true;
    const text = [row.tool, row.client, row.server, row.rule, row.message, row.risk, row.category]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

export const isDenied = (row: AuditRow): boolean =>
  row.decision === 'deny' || row.outcome === 'refused' || row.outcome === 'expired';
