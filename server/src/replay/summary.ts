/** The difference that a policy would have made: calls that would be decided otherwise, put together where the same holds for them. Escapes nothing. */
import type { Doubt, Replayed, Verdict } from './replay.ts';

export interface ChangedCalls {
  readonly tool: string;
  readonly before: Verdict;
  readonly after: Verdict;
  /** Of what would be decided; where that has none, of what was. */
  readonly rule: string;
  readonly doubt?: Doubt;
  readonly count: number;
  /** The newest of them, newest last. */
  readonly newest: readonly Replayed[];
}

export interface Difference {
  /** All calls that were replayed. */
  readonly calls: number;
  /** Those that would be decided otherwise. */
  readonly changed: number;
  readonly unknown: number;
  /** The most frequent first. */
  readonly groups: readonly ChangedCalls[];
}

/** So many calls of each group are kept. */
const NEWEST = 100;

interface Group extends ChangedCalls {
  count: number;
  readonly newest: Replayed[];
}

/** Takes in the pages of `replayLog`. */
export class Differences {
  readonly #groups = new Map<string, Group>();
  #calls = 0;

  add(replayed: readonly Replayed[]): void {
    this.#calls += replayed.length;
    for (const each of replayed) if (each.before !== each.after) this.#group(each);
  }

  result(): Difference {
    const groups = [...this.#groups.values()].sort((a, b) => b.count - a.count);
    const total = (of: readonly ChangedCalls[]): number => of.reduce((sum, { count }) => sum + count, 0);
    const unknown = total(groups.filter(({ after }) => after === 'unknown'));
    return { calls: this.#calls, changed: total(groups) - unknown, unknown, groups };
  }

  #group(replayed: Replayed): void {
    const { record, before, after, doubt } = replayed;
    const of = { tool: record.tool, before, after, rule: replayed.rule || record.rule, ...(doubt ? { doubt } : {}) };
    const key = JSON.stringify(of);
    const group = this.#groups.get(key) ?? { ...of, count: 0, newest: [] };
    this.#groups.set(key, group);
    group.count += 1;
    if (group.newest.push(replayed) > NEWEST) group.newest.shift();
  }
}

/** For people; names of the policy as they are. */
export function doubtInWords(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'values':
      return `depends on ${doubt.missing.map(({ path, withheld }) => `${path} (${withheld ?? 'not kept'})`).join(', ')}`;
    case 'limit':
      return `depends on how much of ${doubt.rule} was used up`;
    case 'tool':
      return 'depends on whether the server had the tool';
  }
}
