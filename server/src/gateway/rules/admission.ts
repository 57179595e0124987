/** An allowed call on its way to its end: what it has reserved, and the record of how it ended. */
import type { Reservation } from '../../policy/decision.ts';
import type { Log } from '../../ports.ts';
import type { Ended } from '../../protocol/audit.ts';
import type { Counters } from '../../state/ports.ts';
import { reasonOf } from './reason.ts';

/** Exactly one of the two is called, once. */
export interface Admission {
  /** The call ended: `unknown` when it was sent and no answer came. `redacted`: how many places of the answer were. */
  end(outcome: 'ok' | 'error' | 'unknown', redacted?: number): void;
  /** The upstream saw no byte of it, or refused it as no valid call: its counters are given back (policy language §5). */
  refund(): void;
}

export interface Ledger {
  readonly counters: Pick<Counters, 'release'>;
  readonly note: (entry: Ended) => void;
  readonly log: Log;
}

/** `of`: the id of the record that let the call through. */
export function createAdmission(options: Ledger, of: string, reservation: Reservation): Admission {
  const start = performance.now();
  const record = (outcome: Ended['outcome'], redacted = 0, isRefunded = false): void => {
    const latencyMs = Math.round((performance.now() - start) * 1000) / 1000;
    const more = { ...(redacted > 0 ? { redacted } : {}), ...(isRefunded ? { isRefunded } : {}) };
    options.note({ kind: 'outcome', of, outcome, latencyMs, ...more });
  };
  return {
    end: (outcome, redacted) => record(outcome, redacted),
    refund() {
      void release(options, reservation);
      record('error', 0, true);
    },
  };
}

/** Nobody waits for it, and it stays counted where this fails. */
async function release({ counters, log }: Ledger, reservation: Reservation): Promise<void> {
  try {
    await counters.release(reservation);
  } catch (error) {
    log.error('A reservation could not be given back.', { reason: reasonOf(error) });
  }
}
