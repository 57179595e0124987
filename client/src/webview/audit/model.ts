/** The calls that the gateway decided, newest last, bounded: what the audit view, the status bar and the badge show. Knows nothing of `vscode`. */
import type { AuditRecord, DecisionRecord } from '../../../../server/src/protocol/audit.ts';
import type { RuntimeParams } from '../../../../server/src/protocol/language.ts';
import type { AuditRow } from './messages.ts';

/** Older rows stay in the audit database. */
const MOST_ROWS = 10_000;

export type Denials = NonNullable<RuntimeParams['denials']>[number];

export class AuditModel {
  readonly #rows = new Map<string, AuditRow>();
  /** Denials that happened while this window watched, and those of them that nobody has looked at. */
  #denied = 0;
  #unseen = 0;

  get rows(): readonly AuditRow[] {
    return [...this.#rows.values()];
  }

  get size(): number {
    return this.#rows.size;
  }

  get denied(): number {
    return this.#denied;
  }

  get unseen(): number {
    return this.#unseen;
  }

  row(id: string): AuditRow | undefined {
    return this.#rows.get(id);
  }

  /**
   * Takes a record in; returns the row that it made or changed, `undefined` when it is known or belongs to no row.
   * `since`: denials before it (milliseconds since the epoch) are history and count for nothing.
   */
  add(record: AuditRecord, since: number): AuditRow | undefined {
    if (record.kind === 'decision') return this.#addDecision(record, since);
    return record.kind === 'outcome' ? this.#addOutcome(record) : undefined;
  }

  /** Denied calls by tool, from a moment on (milliseconds since the epoch). */
  denialsSince(since: number): readonly Denials[] {
    const found = new Map<string, Denials>();
    for (const { decision, at, server, tool } of this.#rows.values()) {
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

  #addDecision(record: DecisionRecord, since: number): AuditRow | undefined {
    if (this.#rows.has(record.id)) return undefined;
    const row = rowOf(record);
    this.#rows.set(row.id, row);
    if (this.#rows.size > MOST_ROWS) this.#dropOldest();
    if (row.decision === 'deny' && row.at >= since) {
      this.#denied += 1;
      this.#unseen += 1;
    }
    return row;
  }

  #addOutcome(record: Extract<AuditRecord, { kind: 'outcome' }>): AuditRow | undefined {
    const known = this.#rows.get(record.of);
    if (known === undefined || known.outcome === record.outcome) return undefined;
    const row = { ...known, outcome: record.outcome };
    this.#rows.set(row.id, row);
    return row;
  }

  #dropOldest(): void {
    const oldest = this.#rows.keys().next();
    if (oldest.done !== true) this.#rows.delete(oldest.value);
  }
}

function rowOf(record: DecisionRecord): AuditRow {
  const { id, client, server, tool, category, risk, decision, rule, message } = record;
  return { id, at: Date.parse(record.at), client, server, tool, category, risk, decision, rule, message };
}
