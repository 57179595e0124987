/** When OpenTelemetry is wanted, and loading it then: a gateway without it pays neither memory nor start-up for it. */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from './command.ts';
import type * as Telemetry from './telemetry.ts';

type TelemetryModule = typeof Telemetry;

/** What the standard variables ask for: an endpoint, unless the signal or the whole SDK is turned off. */
export function wantedSignals(env: Readonly<NodeJS.ProcessEnv>): { readonly logs: boolean; readonly metrics: boolean } {
  const isOff = env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true';
  const wants = (signal: 'LOGS' | 'METRICS'): boolean => {
    const endpoint = env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`] || env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    return !isOff && endpoint !== undefined && endpoint !== '' && env[`OTEL_${signal}_EXPORTER`] !== 'none';
  };
  return { logs: wants('LOGS'), metrics: wants('METRICS') };
}

/** Rejects with `UsageError` on a Node that the SDK does not support. */
export async function loadTelemetry(): Promise<TelemetryModule> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 15))
    throw new UsageError(`OpenTelemetry needs Node.js 22.15 or newer; this is ${process.version}.`);
  const program = realpathSync(process.argv[1] ?? '');
  const file = path.join(path.dirname(program), `telemetry${path.extname(program)}`);
  return (await import(pathToFileURL(file).href)) as TelemetryModule;
}
