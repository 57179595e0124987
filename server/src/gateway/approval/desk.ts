/**
 * Where calls wait for a person: asks, joins identical ones, hears verdicts from every decider, and gives each call its answer. A verdict counts only
 * for the question that was asked; whether it still fits the policy is the enforcer's business. Whatever goes wrong here denies.
 */
import { randomBytes } from 'node:crypto';
import { toValue } from '../../policy/index.ts';
import type { Clock, Log } from '../../ports.ts';
import type { DecideAnswer, DecideRequest, PendingCall, Verdict } from '../../protocol/approval.ts';
import type { Decided, Ended } from '../../protocol/audit.ts';
import { newHolder, type ApprovalStore } from '../../state/index.ts';
import { reasonOf } from '../rules/reason.ts';
import type { ApprovalAnswer, ApprovalRequest, Approver } from './approver.ts';
import { answerOf, Question, type Timing } from './question.ts';
import { Remembered } from './remembered.ts';
import { shownCall } from './shown.ts';

export interface DeskOptions {
  readonly store: ApprovalStore;
  /** Returns when the entry is durable; throws when it could not be written. */
  readonly record: (entry: Decided) => void;
  readonly note: (entry: Ended) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the user's own configuration lets a shell decide. */
  readonly allowsShell: boolean;
  readonly timing?: Partial<DeskTiming>;
}

export interface DeskTiming extends Timing {
  /** Milliseconds between two looks for verdicts of other processes. */
  readonly look: number;
  /** Milliseconds for which no editor need be there: a window that is reloaded comes back. */
  readonly absence: number;
}

const TIMING: DeskTiming = { hold: 45_000, remind: 10_000, comeBack: 60_000, look: 200, absence: 10_000 };

export class ApprovalDesk {
  readonly ask: Approver = (request) => this.#ask(request);
  /** Told when a call begins or ends to wait here. */
  onChange: () => void = () => undefined;
  readonly #options: DeskOptions;
  readonly #timing: DeskTiming;
  readonly #holder = newHolder();
  readonly #questions = new Map<string, Question>();
  readonly #remembered = new Remembered();
  #looking: NodeJS.Timeout | undefined;
  #reachedAt = performance.now();

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
  }

  /** Every call that waits at a gateway of this state, oldest first. Throws `StateError`. */
  waiting(): readonly PendingCall[] {
    return this.#options.store.waiting();
  }

  /** The first verdict counts. Throws `StateError`. */
  decide({ id, choice, message }: DecideRequest, by: Verdict['by']): DecideAnswer {
    const verdict = { choice, by, ...(message === undefined ? {} : { message }) };
    const answer = this.#options.store.decide(id, verdict, this.#options.clock());
    this.#look();
    return answer;
  }

  editorArrived(): void {
    this.#options.store.editorArrived(this.#holder);
  }

  editorLeft(): void {
    this.#options.store.editorLeft(this.#holder);
  }

  /** Nothing waits any more: what did is denied. */
  close(): void {
    for (const question of [...this.#questions.values()]) this.#settle(question, { outcome: 'unreachable' });
    for (const question of [...this.#questions.values()]) this.#end(question);
    try {
      this.#options.store.left(this.#holder);
    } catch (error) {
      this.#options.log.warn('Calls that waited for approval could not be taken back.', { reason: reasonOf(error) });
    }
  }

  async #ask(request: ApprovalRequest): Promise<ApprovalAnswer> {
    const key = keyOf(request);
    if (this.#remembered.has(key)) return { outcome: 'approved' };
    const question = this.#questions.get(key) ?? this.#open(key, request);
    return question instanceof Question ? question.wait(request.patience) : question;
  }

  #open(key: string, request: ApprovalRequest): Question | ApprovalAnswer {
    const { store, clock, record } = this.#options;
    const { grantId } = request.identity;
    const blocked = store.blockedUntil(grantId) - clock();
    if (blocked > 0) return { outcome: 'blocked', seconds: Math.ceil(blocked / 1_000) };
    if (!this.#canBeAsked) return { outcome: 'unreachable' };
    const call = shownCall(request, randomBytes(6).toString('hex'), clock());
    if (!store.ask(call, grantId, this.#holder)) return { outcome: 'full' };
    try {
      record({ ...request.entry, id: call.id });
    } catch (error) {
      store.take(call.id);
      throw error;
    }
    const question = new Question(key, call, this.#timing, {
      expired: (expired) => this.#expire(expired),
      abandoned: (abandoned) => this.#end(abandoned),
    });
    this.#questions.set(key, question);
    this.#reachedAt = performance.now();
    this.#looking ??= setInterval(() => this.#look(), this.#timing.look).unref();
    this.onChange();
    return question;
  }

  get #canBeAsked(): boolean {
    return this.#options.allowsShell || this.#options.store.hasEditor();
  }

  /** A verdict that was a moment faster counts. */
  #expire(question: Question): void {
    const verdict = this.#take(question);
    if (verdict) this.#hear(question, verdict);
    else this.#settle(question, { outcome: 'expired' });
  }

  /** Also what another process has decided. */
  #look(): void {
    for (const question of [...this.#questions.values()]) {
      if (question.isSettled) continue;
      try {
        const verdict = this.#options.store.verdictOn(question.call.id);
        if (verdict) this.#hear(question, verdict);
      } catch (error) {
        this.#options.log.error('A call was denied, since its approval could not be looked up.', {
          reason: reasonOf(error),
        });
        this.#settle(question, { outcome: 'unreachable' });
      }
    }
    this.#missDeciders();
  }

  /** A verdict from where none may come denies, like any other answer that is none. */
  #hear(question: Question, verdict: Verdict): void {
    const isAllowed = verdict.by === 'editor' || this.#options.allowsShell;
    const heard: Verdict = isAllowed ? verdict : { choice: 'deny', by: verdict.by };
    const isForSession = heard.choice === 'session' && question.call.mayRemember;
    if (isForSession) this.#remembered.add(question.key);
    this.#settle(question, answerOf(heard), heard, isForSession || heard.choice === 'deny');
  }

  /** The last editor has been closed, and nobody is left to answer. */
  #missDeciders(): void {
    if (this.#questions.size === 0 || this.#canBeAsked) this.#reachedAt = performance.now();
    if (performance.now() - this.#reachedAt < this.#timing.absence) return;
    for (const question of [...this.#questions.values()])
      if (!question.isSettled) this.#settle(question, { outcome: 'unreachable' });
  }

  #settle(question: Question, answer: ApprovalAnswer, verdict?: Verdict, isForAll = true): void {
    if (question.isSettled) return;
    this.#note(question, answer, verdict);
    this.#take(question);
    question.settle(answer, isForAll);
    this.onChange();
  }

  /** Nobody waits for it any more. */
  #end(question: Question): void {
    question.close();
    this.#questions.delete(question.key);
    if (!question.isSettled) {
      this.#note(question, { outcome: 'withdrawn' });
      this.#take(question);
      this.onChange();
    }
    if (this.#questions.size > 0) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  #note({ call, startedAt }: Question, { outcome }: ApprovalAnswer, verdict?: Verdict): void {
    const waited = Math.round(performance.now() - startedAt);
    const decided = verdict && { approver: verdict.by, choice: verdict.choice };
    const known = outcome === 'approved' || outcome === 'refused' ? outcome : 'expired';
    this.#options.note({ kind: 'outcome', of: call.id, outcome: known, latencyMs: waited, ...decided });
  }

  #take({ call }: Question): Verdict | undefined {
    try {
      return this.#options.store.take(call.id);
    } catch (error) {
      this.#options.log.warn('A call that waited for approval could not be taken back.', { reason: reasonOf(error) });
      return undefined;
    }
  }
}

/** Equal for calls that an approval means alike: by the very text of their arguments, in one session of one grant, under the same rules. */
function keyOf({ server, call, identity, bond }: ApprovalRequest): string {
  const args = call.arguments === undefined ? null : JSON.stringify(toValue(call.arguments, 'source'));
  const { grantId, session } = identity;
  return JSON.stringify([
    server,
    grantId,
    session,
    call.tool,
    args,
    call.asTask,
    bond.policy,
    bond.definition,
    bond.grant,
  ]);
}
