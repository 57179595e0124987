/** A state whose parts may be replaced, to watch them or to make them fail. */
import type { State } from '../../../server/src/state/index.ts';

type Replaced = Partial<Pick<State['audit'], 'append'> & Pick<State['counters'], 'reserve' | 'probe' | 'release'>> &
  Partial<Pick<State, 'argsHmac'>>;

/** What is not replaced is the state's own. */
export function wrappedState(state: State, replaced: Replaced): State {
  const { audit, counters } = state;
  return {
    audit: {
      append: replaced.append ?? ((entry) => audit.append(entry)),
      read: (query) => audit.read(query),
      newest: () => audit.newest(),
      verify: () => audit.verify(),
    },
    counters: {
      reserve: replaced.reserve ?? ((charges, at) => counters.reserve(charges, at)),
      probe: replaced.probe ?? ((charges, at) => counters.probe(charges, at)),
      release: replaced.release ?? ((reservation) => counters.release(reservation)),
    },
    port: undefined,
    localToken: () => state.localToken(),
    argsHmac: replaced.argsHmac ?? ((args) => state.argsHmac(args)),
    close: () => state.close(),
  };
}
