/** One question to a person and the calls that wait for its answer: identical ones join. An approval lets one of them through. */
import type { PendingCall, Verdict } from '../../protocol/approval.ts';
import type { ApprovalAnswer, Patience } from './approver.ts';

export interface Timing {
  /** Milliseconds that a client which comes back waits at most for one answer: less than clients' time-outs. */
  readonly hold: number;
  /** Milliseconds between two reminders to the client. */
  readonly remind: number;
  /** Milliseconds that a client may take to come back. */
  readonly comeBack: number;
}

interface Waiter {
  readonly answer: (answer: ApprovalAnswer) => void;
}

export interface QuestionEvents {
  /** The time is up; wall clocks have no say in it. */
  expired(question: Question): void;
  /** Nobody waits for the answer any more. */
  abandoned(question: Question): void;
}

export class Question {
  readonly key: string;
  readonly call: PendingCall;
  readonly #timing: Timing;
  readonly #events: QuestionEvents;
  readonly #deadline: NodeJS.Timeout;
  /** By which time is up, on the process's own clock. */
  readonly #endsAt: number;
  readonly startedAt = performance.now();
  readonly #waiters = new Set<Waiter>();
  #missing: NodeJS.Timeout | undefined;
  #answer: ApprovalAnswer | undefined;

  /** `left`: milliseconds of its time. */
  constructor(key: string, call: PendingCall, left: number, timing: Timing, events: QuestionEvents) {
    this.key = key;
    this.call = call;
    this.#timing = timing;
    this.#events = events;
    this.#endsAt = this.startedAt + left;
    this.#deadline = setTimeout(() => events.expired(this), left).unref();
  }

  get isSettled(): boolean {
    return this.#answer !== undefined;
  }

  /** Whether anybody waits for the answer at the moment; else the client is to come back. */
  get isAwaited(): boolean {
    return this.#waiters.size > 0;
  }

  /** Seconds until the time is up. */
  get left(): number {
    return Math.max(0, Math.round((this.#endsAt - performance.now()) / 1_000));
  }

  /** Resolves with the answer for this call alone. */
  wait({ signal, remind, comesBack }: Patience): Promise<ApprovalAnswer> {
    clearTimeout(this.#missing);
    const early = this.#answer;
    if (early) {
      // Whoever asked has come back for it.
      this.#events.abandoned(this);
      return Promise.resolve(early);
    }
    if (signal?.aborted) return Promise.resolve(this.#leave({ outcome: 'withdrawn' }));
    return new Promise((resolve) => {
      const reminders = remind && setInterval(() => remind(this.left), this.#timing.remind).unref();
      const hold = comesBack
        ? setTimeout(() => answer(this.#leave({ outcome: 'open' }, waiter)), this.#timing.hold)
        : undefined;
      const giveUp = (): void => answer(this.#leave({ outcome: 'withdrawn' }, waiter));
      const answer = (given: ApprovalAnswer): void => {
        clearInterval(reminders);
        clearTimeout(hold);
        signal?.removeEventListener('abort', giveUp);
        this.#waiters.delete(waiter);
        resolve(given);
      };
      const waiter: Waiter = { answer };
      this.#waiters.add(waiter);
      signal?.addEventListener('abort', giveUp, { once: true });
      remind?.(this.left);
    });
  }

  /** Gives the answer to whoever waits; where nobody does at the moment, it is kept until the client has had time to come back. */
  settle(answer: ApprovalAnswer, isForAll: boolean): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#missing);
    const [first, ...others] = this.#waiters;
    this.#answer = answer;
    if (!first) return this.#expectReturn();
    this.#events.abandoned(this);
    first.answer(answer);
    for (const other of others) other.answer(isForAll ? answer : { outcome: 'spent' });
  }

  close(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#missing);
  }

  #leave(answer: ApprovalAnswer, waiter?: Waiter): ApprovalAnswer {
    if (waiter) this.#waiters.delete(waiter);
    if (this.#waiters.size > 0) return answer;
    if (answer.outcome === 'open') this.#expectReturn();
    else this.#events.abandoned(this);
    return answer;
  }

  #expectReturn(): void {
    clearTimeout(this.#missing);
    this.#missing = setTimeout(() => this.#events.abandoned(this), this.#timing.comeBack).unref();
  }
}

/** What follows from a verdict for the call that asked. */
export function answerOf({ choice, message }: Verdict): ApprovalAnswer {
  if (choice !== 'deny') return { outcome: 'approved' };
  return { outcome: 'refused', ...(message === undefined ? {} : { message }) };
}
