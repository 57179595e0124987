/** The program that dist/telemetry.js is made of: it lies beside portcullis.js, as guard.ts does. */
export { otlpLine, startTelemetry } from '../telemetry/index.ts';
