/** Commands on the state that gateways keep: it is opened, closed, and what is wrong with it is told as the user's to mend. */
import { openExistingState, openState, StateError, type EmbeddedState } from '../state/index.ts';
import { text, UsageError, type Invocation, type Io } from './command.ts';
import { stateFolder } from './stateFolder.ts';

type Work<T> = (state: EmbeddedState) => T | Promise<T>;

/** Where a gateway has run, by `--state`. Rejects with `UsageError`, or as `work` does. */
export function withExistingState<T>(invocation: Invocation, io: Io, work: Work<T>): Promise<T> {
  return withOpened(() => openExistingState(stateFolder(text(invocation, 'state'), io)), work);
}

/** As `withExistingState`; made where it is missing. */
export function withState<T>(invocation: Invocation, io: Io, work: Work<T>): Promise<T> {
  return withOpened(() => openState(stateFolder(text(invocation, 'state'), io)), work);
}

function withOpened<T>(open: () => EmbeddedState, work: Work<T>): Promise<T> {
  return explainingState(async () => {
    const state = open();
    try {
      return await work(state);
    } finally {
      await state.close();
    }
  });
}

/** What `work` finds wrong with the state becomes a `UsageError`. */
export async function explainingState<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StateError) throw new UsageError(error.message);
    throw error;
  }
}
