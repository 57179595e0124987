/** What is counted now on the limits of policies, as a gateway tells it to its editor and that to the language server. Types only. */
import type { CounterName } from '../policy/identity.ts';

export interface LimitsReport {
  /** Absent where the counters are kept on another machine, or cannot be read: then nothing is known. */
  readonly uses?: readonly CountedUse[];
}

export interface CountedUse {
  readonly server: string;
  /** Absolute path. */
  readonly policy: string;
  readonly counter: CounterName;
  /** Its label; absent where all grants share the counter. */
  readonly grant?: string;
  readonly session?: string;
  /** An exact decimal; of a sliding window the number of calls in it. */
  readonly used: string;
  /** Milliseconds since the epoch: when a calendar window ends, or the oldest call leaves a sliding one. */
  readonly freesAt: number;
}
