/** The records of a gateway that runs from the command line: its state, what keeps the log within its limits meanwhile, and who is told of each record. */
import type { Plan } from '../../gateway/index.ts';
import type { Closeable, Log } from '../../ports.ts';
import {
  forgetInTime,
  openState,
  retain,
  shareState,
  StateError,
  type EmbeddedState,
  type State,
} from '../../state/index.ts';
import type { Telemetry } from '../../telemetry/index.ts';
import { UsageError } from '../command.ts';
import { loadTelemetry, wantedSignals } from '../loadTelemetry.ts';
import type { Sharing } from '../sharing.ts';

export interface Records extends Closeable {
  readonly state: State;
}

export interface RecordOptions {
  readonly log: Log;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly version: string;
  /** `undefined`: this gateway counts for itself. */
  readonly sharing: Sharing | undefined;
}

/** Rejects with `UsageError` where the state in `folder`, or what it shares, cannot be used. */
export async function openRecords(folder: string, { config }: Plan, options: RecordOptions): Promise<Records> {
  const telemetry = await startTelemetry(options);
  const state = await open(folder, config.audit?.durability, options);
  const retention = retain(state.audit, config.audit ?? {}, options.log);
  const forgetting = forgetInTime(state.values, options.log);
  if (telemetry) state.audit.listen((record) => telemetry.record(record));
  return {
    state,
    async close() {
      await Promise.all([retention.close(), forgetting.close()]);
      // First what was noted is written, so that it is sent as well.
      await state.close();
      await telemetry?.close();
    },
  };
}

async function startTelemetry({ log, env, version }: RecordOptions): Promise<Telemetry | undefined> {
  const wanted = wantedSignals(env);
  if (!wanted.logs && !wanted.metrics) return undefined;
  return (await loadTelemetry()).startTelemetry({ ...wanted, log, version });
}

async function open(
  folder: string,
  durability: 'process' | 'power' | undefined,
  { log, sharing }: RecordOptions,
): Promise<State> {
  let local: EmbeddedState | undefined;
  try {
    local = openState(folder, { log, ...(durability ? { durability } : {}) });
    return sharing ? await shareState(local, { ...sharing, log }) : local;
  } catch (error) {
    await local?.close();
    if (error instanceof StateError) throw new UsageError(error.message);
    throw error;
  }
}
