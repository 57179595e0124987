import type { CompiledLimit, CompiledPolicy, CounterScope } from '../../policy/index.ts';
import type { PlacedRuleset } from '../conditions.ts';
import { limitsOf, removeLimit, type PlacedLimit } from '../limits.ts';
import { quote } from '../quote.ts';
import type { Draft, Rule } from '../rule.ts';

/** Limits that are never the first to be reached: another one counts at least the same, for at least as long, and allows no more. */
export const unreachableLimit: Rule = {
  code: 'unreachable-limit',
  severity: 'warning',
  title: 'Another limit is always reached first',
  *check({ policy }) {
    const limits = limitsOf(policy);
    const everywhere = tightest(limits.filter(({ placed }) => governsAll(placed)));
    for (const [placed, own] of byRuleset(limits)) {
      if (own.length === 1 && everywhere.size === 0) continue;
      const tables = governsAll(placed) ? [everywhere] : [tightest(own), everywhere];
      for (const each of own) {
        const other = reachedFirst(each, tables);
        if (other) yield draft(each, other, policy);
      }
    }
  },
};

/** The calendar windows that hold the whole of each window (policy language §1: days and weeks begin at midnight UTC, weeks on Monday). */
const WITHIN: Readonly<Record<CompiledLimit['window'], readonly CompiledLimit['window'][]>> = {
  minute: ['minute', 'hour', 'day', 'week', 'month'],
  hour: ['hour', 'day', 'week', 'month'],
  day: ['day', 'week', 'month'],
  week: ['week'],
  month: ['month'],
};

/** Who counts together with at least everybody that counts in a scope. */
const COVERED: Readonly<Record<CounterScope, readonly CounterScope[]>> = {
  session: ['session', 'grant', 'server'],
  grant: ['grant', 'server'],
  server: ['server'],
};

type Tightest = ReadonlyMap<string, PlacedLimit>;

/** Of the limits that count the same in the same window and scope, the first of those with the smallest maximum. */
function tightest(limits: readonly PlacedLimit[]): Tightest {
  const found = new Map<string, PlacedLimit>();
  for (const each of limits) {
    const key = keyOf(each.limit, each.limit.window, each.limit.scope);
    const known = found.get(key);
    if (!known || each.limit.max < known.limit.max) found.set(key, each);
  }
  return found;
}

function keyOf(limit: CompiledLimit, window: string, scope: string): string {
  return JSON.stringify([window, scope, limit.incrementFrom?.path.steps ?? []]);
}

function reachedFirst(each: PlacedLimit, tables: readonly Tightest[]): PlacedLimit | undefined {
  const { limit } = each;
  for (const table of tables) {
    for (const window of WITHIN[limit.window]) {
      for (const scope of COVERED[limit.scope]) {
        const other = table.get(keyOf(limit, window, scope));
        if (other && other.limit !== limit && other.limit.max <= limit.max) return other;
      }
    }
  }
  return undefined;
}

function governsAll({ entry }: PlacedRuleset): boolean {
  return entry === undefined || entry.key === '*';
}

function byRuleset(limits: readonly PlacedLimit[]): ReadonlyMap<PlacedRuleset, readonly PlacedLimit[]> {
  const groups = new Map<PlacedRuleset, PlacedLimit[]>();
  for (const each of limits) {
    const group = groups.get(each.placed);
    if (group) group.push(each);
    else groups.set(each.placed, [each]);
  }
  return groups;
}

function draft(each: PlacedLimit, other: PlacedLimit, { root }: CompiledPolicy): Draft {
  const { limit } = other;
  const where = other.placed === each.placed ? '' : ` of ${quote(other.placed.entry?.key ?? 'all_tools')}`;
  const node = each.list.items[each.index] ?? root;
  return {
    message:
      `This limit is never the one that denies: ${quote(limit.counter)}${where} allows at most ${limit.max} in a ${limit.window} and counts every call that counts here. ` +
      'Lower this maximum, raise the other, or remove this limit.',
    span: { start: node.start, end: node.end },
    related: [{ span: { start: limit.start, end: limit.end }, message: 'Always reached first' }],
    fixes: [{ title: `Remove the limit ${quote(each.limit.counter)}`, edits: removeLimit(each) }],
  };
}
