/** The records of a gateway that runs from the command line: its state, and what keeps the log within its limits meanwhile. */
import type { Plan } from '../../gateway/index.ts';
import type { Closeable, Log } from '../../ports.ts';
import { openState, retain, StateError, type State } from '../../state/index.ts';
import { UsageError } from '../command.ts';

export interface Records extends Closeable {
  readonly state: State;
}

/** Throws `UsageError` where the state in `folder` cannot be used. */
export function openRecords(folder: string, { config }: Plan, log: Log): Records {
  const state = open(folder, config.audit?.durability, log);
  const retention = retain(state.audit, config.audit ?? {}, log);
  return {
    state,
    async close() {
      await retention.close();
      await state.close();
    },
  };
}

function open(folder: string, durability: 'process' | 'power' | undefined, log: Log): State {
  try {
    return openState(folder, { log, ...(durability ? { durability } : {}) });
  } catch (error) {
    if (error instanceof StateError) throw new UsageError(error.message);
    throw error;
  }
}
