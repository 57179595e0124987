/**
 * Where calls wait for a person: asks, joins identical ones, hears verdicts from every decider, and gives each call its answer. A verdict counts only
 * for the question that was asked; whether it still fits the policy is the enforcer's business. Whatever goes wrong here denies.
 */
import { randomBytes } from 'node:crypto';
import type { Clock, Log } from '../../ports.ts';
import type { DecideAnswer, DecideRequest, PendingCall, Verdict } from '../../protocol/approval.ts';
import type { Decided, Ended } from '../../protocol/audit.ts';
import { newHolder, type ApprovalStore, type JoinedCall } from '../../state/index.ts';
import { reasonOf } from '../rules/reason.ts';
import { sameCallKey } from './alike.ts';
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
  readonly #opening = new Map<string, Promise<Question | ApprovalAnswer>>();
  readonly #remembered = new Remembered();
  #looking: NodeJS.Timeout | undefined;
  #isLooking = false;
  #isClosed = false;
  #reachedAt = performance.now();

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#timing = { ...TIMING, ...options.timing };
  }

  /** Every call that waits at a gateway of this state, oldest first. Rejects with `StateError`. */
  async waiting(): Promise<readonly PendingCall[]> {
    return this.#options.store.waiting();
  }

  /** The first verdict counts. Rejects with `StateError`. */
  async decide({ id, choice, message }: DecideRequest, by: Verdict['by']): Promise<DecideAnswer> {
    const verdict = { choice, by, ...(message === undefined ? {} : { message }) };
    const answer = await this.#options.store.decide(id, verdict, this.#options.clock());
    for (const question of this.#questions.values()) if (question.call.id === id) void this.#lookAt(question);
    return answer;
  }

  /** An editor, which can be asked, listens to this gateway from now on, or does no more. Rejects with `StateError`. */
  async editor(isThere: boolean): Promise<void> {
    const { store } = this.#options;
    await (isThere ? store.editorArrived(this.#holder) : store.editorLeft(this.#holder));
  }

  /** Nothing waits any more: what did is denied. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const question of [...this.#questions.values()]) this.#giveUp(question);
    for (const question of [...this.#questions.values()]) this.#end(question);
    try {
      await this.#options.store.left(this.#holder);
    } catch (error) {
      this.#options.log.warn('Calls that waited for approval could not be taken back.', { reason: reasonOf(error) });
    }
  }

  async #ask(request: ApprovalRequest): Promise<ApprovalAnswer> {
    const key = sameCallKey(request);
    if (this.#remembered.has(key)) return { outcome: 'approved' };
    const question = this.#questions.get(key) ?? (await this.#openOnce(key, request));
    if (!(question instanceof Question)) return question;
    // Whoever asked first may have given up while it was opened.
    if (this.#questions.get(key) !== question) return this.#ask(request);
    const answer = question.wait(request.patience);
    // It may have been decided while the client was away.
    void this.#lookAt(question);
    return answer;
  }

  /** Identical calls that come meanwhile wait for the same question. */
  async #openOnce(key: string, request: ApprovalRequest): Promise<Question | ApprovalAnswer> {
    const opening = this.#opening.get(key) ?? this.#open(key, request);
    this.#opening.set(key, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(key);
    }
  }

  async #open(key: string, request: ApprovalRequest): Promise<Question | ApprovalAnswer> {
    const { store, clock } = this.#options;
    const { grantId } = request.identity;
    const blocked = (await store.blockedUntil(grantId)) - clock();
    if (blocked > 0) return { outcome: 'blocked', seconds: Math.ceil(blocked / 1_000) };
    if (!(await this.#canBeAsked())) return { outcome: 'unreachable' };
    const call = shownCall(request, randomBytes(6).toString('hex'), clock());
    const asked = await store.ask({ call, grantId, holder: this.#holder, key });
    if (asked === 'full') return { outcome: 'full' };
    return this.#begin(key, request, asked === 'asked' ? { call, left: call.expiresAt - call.askedAt } : asked);
  }

  #begin(key: string, request: ApprovalRequest, { call, left }: JoinedCall): Question | ApprovalAnswer {
    try {
      if (this.#isClosed) throw new Error('The gateway ends.');
      this.#options.record({ ...request.entry, id: call.id });
    } catch (error) {
      void this.#withdraw(call.id);
      throw error;
    }
    const question = new Question(key, call, left, this.#timing, {
      expired: (expired) => void this.#expire(expired),
      abandoned: (abandoned) => this.#end(abandoned),
    });
    this.#questions.set(key, question);
    this.#reachedAt = performance.now();
    this.#looking ??= setInterval(() => void this.#look(), this.#timing.look).unref();
    this.onChange();
    return question;
  }

  async #canBeAsked(): Promise<boolean> {
    return this.#options.allowsShell || (await this.#options.store.hasEditor());
  }

  /** A verdict that was a moment faster counts. */
  async #expire(question: Question): Promise<void> {
    const verdict = await this.#take(question);
    if (verdict) this.#hear(question, verdict);
    else this.#settle(question, { outcome: 'expired' });
  }

  /** Also for what another process has decided. A store that is slow is not asked by two looks at once. */
  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    await Promise.all([...this.#questions.values()].map((question) => this.#lookAt(question)));
    await this.#missDeciders();
    this.#isLooking = false;
  }

  /** An approval for a client that is away is left where it is: the client may come back at another gateway. */
  async #lookAt(question: Question): Promise<void> {
    try {
      const verdict = question.isSettled ? undefined : await this.#options.store.verdictOn(question.call.id);
      if (verdict === undefined) return;
      if (verdict === 'spent') return this.#settle(question, { outcome: 'spent' });
      if (!question.isAwaited && verdict.choice !== 'deny') return;
      const taken = await this.#options.store.take(question.call.id);
      if (taken) this.#hear(question, taken);
      else this.#settle(question, { outcome: 'spent' });
    } catch (error) {
      this.#options.log.error('A call was denied, since its approval could not be looked up.', {
        reason: reasonOf(error),
      });
      this.#giveUp(question);
    }
  }

  /** A verdict from where none may come denies, like any other answer that is none. */
  #hear(question: Question, verdict: Verdict): void {
    const isAllowed = verdict.by === 'editor' || this.#options.allowsShell;
    const heard: Verdict = isAllowed ? verdict : { choice: 'deny', by: verdict.by };
    const isForSession = heard.choice === 'session' && question.call.mayRemember;
    if (isForSession && !question.isSettled) this.#remembered.add(question.key);
    this.#settle(question, answerOf(heard), heard, isForSession || heard.choice === 'deny');
  }

  /** The last editor has been closed, and nobody is left to answer. */
  async #missDeciders(): Promise<void> {
    if (this.#questions.size === 0 || (await this.#canBeAsked().catch(() => false)))
      this.#reachedAt = performance.now();
    if (performance.now() - this.#reachedAt < this.#timing.absence) return;
    for (const question of [...this.#questions.values()]) this.#giveUp(question);
  }

  #giveUp(question: Question): void {
    if (question.isSettled) return;
    void this.#withdraw(question.call.id);
    this.#settle(question, { outcome: 'unreachable' });
  }

  #settle(question: Question, answer: ApprovalAnswer, verdict?: Verdict, isForAll = true): void {
    if (question.isSettled) return;
    this.#note(question, answer, verdict);
    question.settle(answer, isForAll);
    this.onChange();
  }

  /** Nobody waits for it any more. */
  #end(question: Question): void {
    question.close();
    this.#questions.delete(question.key);
    if (!question.isSettled) {
      this.#note(question, { outcome: 'withdrawn' });
      void this.#withdraw(question.call.id);
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

  #take({ call }: Question): Promise<Verdict | undefined> {
    return this.#leniently(() => this.#options.store.take(call.id));
  }

  #withdraw(id: string): Promise<void> {
    return this.#leniently(() => this.#options.store.withdraw(id));
  }

  /** Whatever cannot be read or written back then denies. */
  async #leniently<T>(work: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#options.log.warn('A call that waited for approval could not be taken back.', { reason: reasonOf(error) });
      return undefined;
    }
  }
}
