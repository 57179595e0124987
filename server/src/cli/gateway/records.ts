/** The records of a gateway that runs from the command line: its state, what keeps the log within its limits meanwhile, and who is told of each record. */
import type { Plan } from '../../gateway/index.ts';
import type { Closeable, Log } from '../../ports.ts';
import { openState, retain, StateError, type State } from '../../state/index.ts';
import type { Telemetry } from '../../telemetry/index.ts';
import { UsageError } from '../command.ts';
import { loadTelemetry, wantedSignals } from '../loadTelemetry.ts';

export interface Records extends Closeable {
  readonly state: State;
}

export interface RecordOptions {
  readonly log: Log;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly version: string;
}

/** Rejects with `UsageError` where the state in `folder` cannot be used. */
export async function openRecords(folder: string, { config }: Plan, options: RecordOptions): Promise<Records> {
  const telemetry = await startTelemetry(options);
  const state = open(folder, config.audit?.durability, options.log);
  const retention = retain(state.audit, config.audit ?? {}, options.log);
  if (telemetry) state.audit.listen((record) => telemetry.record(record));
  return {
    state,
    async close() {
      await retention.close();
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

function open(folder: string, durability: 'process' | 'power' | undefined, log: Log): State {
  try {
    return openState(folder, { log, ...(durability ? { durability } : {}) });
  } catch (error) {
    if (error instanceof StateError) throw new UsageError(error.message);
    throw error;
  }
}
