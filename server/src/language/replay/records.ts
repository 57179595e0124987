/** The gateway's log, as the language server reads it: the one place of this room that opens the state. Writes nothing to the log. */
import { openExistingState, ownPolicies, recordedCalls, StateError } from '../../state/index.ts';
import type { RecordedCalls } from '../../replay/index.ts';

export interface Records extends RecordedCalls {
  /** Labels of grants that have policies of their own. Read from the state each time. */
  readonly ownPolicies: ReadonlySet<string>;
  /** Whether calls of the server are among the newest that were recorded. */
  hasCalls(server: string): boolean;
  close(): Promise<void>;
}

/** So many records are looked at: a lens is not worth more. */
const NEWEST = 1_000;

/** `undefined`: no gateway has recorded anything in this folder. Throws `StateError`, whose message is for people. */
export function openRecords(folder: string): Records | undefined {
  try {
    const state = openExistingState(folder);
    return {
      ...recordedCalls(state),
      get ownPolicies() {
        return ownPolicies(state);
      },
      hasCalls: (server) =>
        state.audit.read({ limit: NEWEST }).some((each) => each.kind === 'decision' && each.server === server),
      close: () => state.close(),
    };
  } catch (error) {
    if (error instanceof StateError && error.code === 'state-missing') return undefined;
    throw error;
  }
}
