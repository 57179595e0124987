/** Records as lines of OTLP/JSON, each an export request of its own, as OpenTelemetry's file receivers read them. */
import { JsonLogsSerializer } from '@opentelemetry/otlp-transformer';
import { LoggerProvider, type ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { AuditRecord } from '../protocol/audit.ts';
import { logRecordOf, SCOPE } from './logRecord.ts';
import { resourceOf } from './resource.ts';

/** One line, with its line feed; empty without records. */
export function otlpLine(records: readonly AuditRecord[], version: string): string {
  const readable: ReadableLogRecord[] = [];
  const collect = {
    onEmit: (record: ReadableLogRecord) => void readable.push(record),
    forceFlush,
    shutdown: forceFlush,
  };
  const logger = new LoggerProvider({ resource: resourceOf(version), processors: [collect] }).getLogger(SCOPE, version);
  for (const record of records) logger.emit(logRecordOf(record));
  const request = readable.length > 0 ? JsonLogsSerializer.serializeRequest(readable) : undefined;
  return request ? `${Buffer.from(request).toString('utf8')}\n` : '';
}

const forceFlush = (): Promise<void> => Promise.resolve();
