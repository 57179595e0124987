/** The audit log for other programs, piece by piece: however long it is, a page of it is in memory (CSV: its rows, since outcomes join them). */
import { encodeLine, pages, type AuditLog, type AuditQuery } from '../../state/index.ts';
import { loadTelemetry } from '../loadTelemetry.ts';
import { version } from '../version.ts';
import { readRows, toCsv } from './audit.ts';

export const EXPORT_FORMATS = ['jsonl', 'csv', 'otlp'] as const;

/** `jsonl`: the records as they are stored, with their hashes; `csv`: as `audit list` shows them; `otlp`: OTLP/JSON, an export request on each line. */
export async function* exportRecords(
  format: (typeof EXPORT_FORMATS)[number],
  log: Pick<AuditLog, 'read'>,
  query: AuditQuery,
): AsyncGenerator<string, void, undefined> {
  switch (format) {
    case 'jsonl':
      for (const page of pages(log, query)) yield page.map((record) => `${encodeLine(record)}\n`).join('');
      return;
    case 'csv':
      yield toCsv(readRows(log, query));
      return;
    case 'otlp': {
      const { otlpLine } = await loadTelemetry();
      for (const page of pages(log, query)) yield otlpLine(page, version());
    }
  }
}
