/** Counts decisions by what they were, about which tool, by which rule, for which client, and in which hour. Pure; escapes nothing. */
import type { AuditRecord, Decided, DecisionRecord } from '../protocol/audit.ts';

export const DIMENSIONS = ['decision', 'tool', 'rule', 'client', 'hour'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A question to a person (`pending`) is no decision yet: the answer has a record of its own. */
export interface Counts {
  readonly calls: number;
  readonly allow: number;
  readonly deny: number;
  readonly wouldDeny: number;
  readonly pending: number;
}

export interface Line extends Counts {
  /** The tool, rule, client or decision; of an hour (UTC) its beginning, ISO 8601. */
  readonly name: string;
}

export interface StatisticsResult {
  readonly total: Counts;
  /** The most frequent first; hours in their order. */
  readonly by: Readonly<Record<Dimension, readonly Line[]>>;
}

const NOTHING: Counts = { calls: 0, allow: 0, deny: 0, wouldDeny: 0, pending: 0 };

export class Statistics {
  #total = NOTHING;
  readonly #by: Readonly<Record<Dimension, Map<string, Counts>>> = {
    decision: new Map(),
    tool: new Map(),
    rule: new Map(),
    client: new Map(),
    hour: new Map(),
  };

  add(records: readonly AuditRecord[]): void {
    for (const record of records) if (record.kind === 'decision') this.#count(record);
  }

  result(): StatisticsResult {
    const lines = (dimension: Dimension): readonly Line[] =>
      [...this.#by[dimension]].map(([name, counts]) => ({ name, ...counts }));
    const byCount = (dimension: Dimension): readonly Line[] =>
      lines(dimension).toSorted((a, b) => b.calls + b.pending - a.calls - a.pending);
    const hour = lines('hour').toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const [decision, tool, rule, client] = [byCount('decision'), byCount('tool'), byCount('rule'), byCount('client')];
    return { total: this.#total, by: { decision, tool, rule, client, hour } };
  }

  #count(record: DecisionRecord): void {
    const { decision, tool, rule, client, at } = record;
    this.#total = plus(this.#total, decision);
    const names = { decision, tool, rule, client, hour: `${at.slice(0, 13)}:00Z` };
    for (const dimension of DIMENSIONS) {
      const counts = this.#by[dimension];
      const name = names[dimension];
      // A call that is plainly allowed has no rule.
      if (dimension !== 'rule' || name !== '') counts.set(name, plus(counts.get(name) ?? NOTHING, decision));
    }
  }
}

function plus(counts: Counts, decision: Decided['decision']): Counts {
  const calls = counts.calls + (decision === 'pending' ? 0 : 1);
  return { ...counts, calls, [decision]: counts[decision] + 1 };
}
