/** A state whose parts may be replaced, to watch them or to make them fail. */
import type { State } from '../../../server/src/state/index.ts';

type Replaced = Partial<Pick<State['audit'], 'append' | 'note'> & Pick<State['counters'], 'probe' | 'release'>> &
  Partial<Pick<State, 'admit' | 'argsHmac'>>;

/** What is not replaced is the state's own. */
export function wrappedState(state: State, replaced: Replaced): State {
  const { audit, counters } = state;
  return {
    audit: {
      append: replaced.append ?? ((entry) => audit.append(entry)),
      note: replaced.note ?? ((entry) => audit.note(entry)),
      listen: (listener) => audit.listen(listener),
      read: (query) => audit.read(query),
      newest: () => audit.newest(),
      verify: () => audit.verify(),
      prune: (limits) => audit.prune(limits),
    },
    counters: {
      probe: replaced.probe ?? ((charges, at) => counters.probe(charges, at)),
      release: replaced.release ?? ((reservation) => counters.release(reservation)),
    },
    admit: replaced.admit ?? ((...call) => state.admit(...call)),
    approvals: state.approvals,
    grants: state.grants,
    values: state.values,
    port: undefined,
    localToken: () => state.localToken(),
    prove: (text) => state.prove(text),
    argsHmac: replaced.argsHmac ?? ((args) => state.argsHmac(args)),
    sign: (text) => state.sign(text),
    close: () => state.close(),
  };
}
