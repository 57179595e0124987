/** Commands on the state that gateways keep: it is opened, closed, and what is wrong with it is told as the user's to mend. */
import {
  openExistingState,
  openState,
  shareState,
  StateError,
  type EmbeddedState,
  type State,
} from '../state/index.ts';
import { text, UsageError, type Invocation, type Io } from './command.ts';
import { stderrLog } from './log.ts';
import { sharingBy } from './sharing.ts';
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

/** With `--shared-state-env` what gateways share, made known to the folder where that is new; else as `withState`. */
export function withSharedState<T>(
  invocation: Invocation,
  io: Io,
  work: (state: State) => T | Promise<T>,
  more: { readonly mayBeReplaced?: boolean } = {},
): Promise<T> {
  const sharing = sharingBy(invocation, undefined, io);
  if (!sharing) return withState(invocation, io, work);
  const open = async (): Promise<State> => {
    const local = openState(stateFolder(text(invocation, 'state'), io));
    try {
      return await shareState(local, { ...sharing, ...more, whenLost: 'deny', log: stderrLog(io) });
    } catch (error) {
      await local.close();
      throw error;
    }
  };
  return withOpened(open, work);
}

function withOpened<Opened extends State, T>(
  open: () => Opened | Promise<Opened>,
  work: (state: Opened) => T | Promise<T>,
): Promise<T> {
  return explainingState(async () => {
    const state = await open();
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
