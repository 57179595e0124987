/**
 * Sends records to an OpenTelemetry collector while a gateway runs (OTLP over HTTP, JSON), as the standard OTEL_* variables say. The queue is
 * bounded and nobody waits for it: what a slow or dead collector misses is in the local log, and only there.
 */
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import type { Closeable, Log } from '../ports.ts';
import type { AuditRecord } from '../protocol/audit.ts';
import { logRecordOf, SCOPE } from './logRecord.ts';
import { meterRecords } from './metrics.ts';
import { resourceOf } from './resource.ts';

/** How long the end of a gateway may wait for a collector, in milliseconds. */
const FAREWELL = 2_000;

export interface TelemetryOptions {
  readonly version: string;
  readonly log: Log;
  readonly logs: boolean;
  readonly metrics: boolean;
}

export interface Telemetry extends Closeable {
  /** Returns at once; never throws. */
  record(record: AuditRecord): void;
}

export function startTelemetry({ version, log, logs, metrics }: TelemetryOptions): Telemetry {
  listenToTrouble(log);
  const parts = [...(logs ? [sendLogs(version)] : []), ...(metrics ? [sendMetrics(version)] : [])];
  return {
    record(record) {
      for (const part of parts) {
        try {
          part.record(record);
        } catch (thrown) {
          log.error('A record could not be handed to OpenTelemetry', { reason: String(thrown) });
        }
      }
    },
    close: () => inTime(Promise.allSettled(parts.map((part) => part.shutdown()))),
  };
}

interface Part {
  record(record: AuditRecord): void;
  shutdown(): Promise<void>;
}

function sendLogs(version: string): Part {
  const processors = [new BatchLogRecordProcessor({ exporter: new OTLPLogExporter() })];
  const provider = new LoggerProvider({ resource: resourceOf(version), processors });
  const logger = provider.getLogger(SCOPE, version);
  return { record: (record) => logger.emit(logRecordOf(record)), shutdown: () => provider.shutdown() };
}

function sendMetrics(version: string): Part {
  const readers = [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })];
  const provider = new MeterProvider({ resource: resourceOf(version), readers });
  return { record: meterRecords(provider.getMeter(SCOPE, version)), shutdown: () => provider.shutdown() };
}

/** Said once: a collector that is down for a day is one event. What the collector answered is not repeated, it may say anything. */
function listenToTrouble(log: Log): void {
  let isSaid = false;
  const say = (): void => {
    if (!isSaid)
      log.warn('Records could not be sent over OTLP. The local log is complete; see OTEL_EXPORTER_OTLP_ENDPOINT.');
    isSaid = true;
  };
  const silent = (): void => undefined;
  diag.setLogger({ error: say, warn: say, info: silent, debug: silent, verbose: silent }, DiagLogLevel.WARN);
}

async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, FAREWELL)))]);
  clearTimeout(timer);
}
