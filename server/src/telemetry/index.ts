/** Records for OpenTelemetry: sent while a gateway runs, or written as lines. A bundle of its own, loaded only where it is asked for. */
export { otlpLine } from './lines.ts';
export { startTelemetry, type Telemetry } from './live.ts';
