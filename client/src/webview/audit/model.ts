/** The calls that the gateway decided, newest last, bounded: what the audit view, the status bar and the badge show. Knows nothing of `vscode`. */
import type { AuditRecord, DecisionRecord, OutcomeRecord } from '../../../../server/src/protocol/audit.ts';
import type { RuntimeParams } from '../../../../server/src/protocol/language.ts';
import type { AuditRow } from './messages.ts';

/** Older rows stay in the audit database. */
const MOST_CALLS = 100_000;
/** The oldest go by so many at a time: to find the first of a map takes long when many were deleted before it. */
const SLACK = 1_000;
/** Texts that are kept only once. */
const MOST_TEXTS = 20_000;

export type Denials = NonNullable<RuntimeParams['denials']>[number];

/** A call with all that is shown of it. */
export interface Call extends AuditRow {
  readonly seq: number;
  readonly hash: string;
  readonly grant: string;
  readonly session: string;
  readonly policy: string;
  readonly argKeys: readonly string[];
  /** How it ended. */
  readonly end?: { readonly [Name in 'approver' | 'choice' | 'redacted']: OutcomeRecord[Name] };
}

export class AuditModel {
  #calls = new Map<string, Call>();
  /** Of names and messages, which a hundred thousand calls have in common. */
  readonly #texts = new Map<string, string>();
  /** Denials that happened while this window watched, and those of them that nobody has looked at. */
  #denied = 0;
  #unseen = 0;

  /** Oldest first; those that come in meanwhile are passed, too. */
  calls(): IterableIterator<Call> {
    return this.#calls.values();
  }

  get size(): number {
    return this.#calls.size;
  }

  /** The log begins before the oldest call that is here. */
  get mayHaveOlder(): boolean {
    const [oldest] = this.#calls.values();
    return oldest !== undefined && oldest.seq > 1;
  }

  get denied(): number {
    return this.#denied;
  }

  get unseen(): number {
    return this.#unseen;
  }

  call(id: string): Call | undefined {
    return this.#calls.get(id);
  }

  /**
   * Takes a record in; returns the call that it made or changed, `undefined` when it is known or belongs to none.
   * `since`: denials before it (milliseconds since the epoch) are history and count for nothing.
   */
  add(record: AuditRecord, since: number): Call | undefined {
    if (record.kind === 'decision') return this.#addDecision(record, since);
    return record.kind === 'outcome' ? this.#addOutcome(record) : undefined;
  }

  /** Puts calls before those that are here, which may be among them. */
  prepend(older: AuditModel): void {
    const newer = this.#calls;
    this.#calls = older.#calls;
    for (const [id, call] of newer) this.#calls.set(id, call);
    this.#dropOldest(0);
  }

  /** Denied calls by tool, from a moment on (milliseconds since the epoch). */
  denialsSince(since: number): readonly Denials[] {
    const found = new Map<string, Denials>();
    for (const { decision, at, server, tool } of this.#calls.values()) {
      if (decision !== 'deny' || at < since) continue;
      const key = JSON.stringify([server, tool]);
      found.set(key, { server, tool, count: (found.get(key)?.count ?? 0) + 1 });
    }
    return [...found.values()];
  }

  markSeen(): void {
    this.#unseen = 0;
  }

  /** A new gateway starts counting anew; its history stays in view. */
  resetCounts(): void {
    this.#denied = 0;
    this.#unseen = 0;
  }

  #addDecision(record: DecisionRecord, since: number): Call | undefined {
    if (this.#calls.has(record.id)) return undefined;
    const call = callOf(record, (text) => this.#once(text));
    this.#calls.set(call.id, call);
    this.#dropOldest(SLACK);
    if (call.decision === 'deny' && call.at >= since) {
      this.#denied += 1;
      this.#unseen += 1;
    }
    return call;
  }

  #addOutcome({ of, outcome, latencyMs, approver, choice, redacted }: OutcomeRecord): Call | undefined {
    const known = this.#calls.get(of);
    if (known === undefined || known.outcome === outcome) return undefined;
    const end = { approver, choice, redacted };
    const call: Call = { ...known, outcome, end, ...(latencyMs !== undefined && { latencyMs }) };
    this.#calls.set(call.id, call);
    return call;
  }

  #dropOldest(slack: number): void {
    let overflow = this.#calls.size - MOST_CALLS;
    if (overflow <= slack) return;
    for (const id of this.#calls.keys()) {
      if (overflow-- <= 0) return;
      this.#calls.delete(id);
    }
  }

  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }
}

function callOf(record: DecisionRecord, once: (text: string) => string): Call {
  const { id, seq, hash, decision, risk, category } = record;
  return {
    ...{ id, seq, hash, decision, risk, category },
    at: Date.parse(record.at),
    client: once(record.client),
    server: once(record.server),
    tool: once(record.tool),
    rule: once(record.rule),
    message: once(record.message),
    grant: once(record.grant),
    session: once(record.session),
    policy: once(record.policy),
    argKeys: record.argKeys.map(once),
  };
}
