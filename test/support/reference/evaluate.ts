/**
 * A second, deliberately naive evaluator, written from the policy language page alone. It reads policy and arguments anew for each call, scans
 * lists, and counts by going through everything that was ever let through. Only for comparing with the engine; expects a valid policy.
 */
import { add, amount, compare, get, items, readValue, string, type Amount, type Value } from './json.ts';
import { conditionHolds, follow, type Subject } from './predicate.ts';

export interface ReferenceCall {
  readonly tool: string;
  /** JSON text. */
  readonly arguments?: string;
  readonly grantId: string;
  readonly grantLabel: string;
  readonly session: string;
  readonly client?: string;
  readonly category?: string;
  readonly risk?: string;
  readonly upstream: 'listed' | 'missing' | 'duplicate' | 'unchecked';
}

export interface ReferenceDecision {
  readonly decision: 'allow' | 'deny' | 'needs_approval';
  readonly rule: string;
  /** Kinds of rule that were looked at on the way. */
  readonly reached: ReadonlySet<Branch>;
}

export type Branch = 'deny_if' | 'require' | 'limits' | 'approval';

/** A ruleset that governs the call, and where it stands. */
interface Governing {
  readonly pointer: string;
  readonly key: string;
  readonly rules: Value;
}

interface Counted {
  readonly counter: string;
  readonly amount: Amount;
  readonly time: number;
}

export class ReferenceEvaluator {
  readonly #policy: string;
  readonly #history: Counted[] = [];
  #time = Number.NEGATIVE_INFINITY;

  constructor(policy: string) {
    this.#policy = policy;
  }

  decide(call: ReferenceCall, clock: number): ReferenceDecision {
    const reached = new Set<Branch>();
    const { decision, rule } = this.#steps(readValue(this.#policy), call, clock, reached);
    return { decision, rule, reached };
  }

  #steps(policy: Value, call: ReferenceCall, clock: number, reached: Set<Branch>) {
    const deny = (rule: string) => ({ decision: 'deny', rule }) as const;
    const tools = get(policy, 'tools');
    const entries = tools?.kind === 'object' ? tools.entries : [];
    if (
      isUnsafe(
        call.tool,
        entries.map(([key]) => key),
      )
    )
      return deny('(unsafe name)');
    if (items(get(policy, 'hide')).some((pattern) => matches(string(pattern) ?? '', call.tool)))
      return deny('(hidden)');
    if (call.upstream === 'missing' || call.upstream === 'duplicate') return deny('(unknown tool)');

    const governing = entries
      .filter(([key]) => matches(key, call.tool))
      .map(([key, rules]) => ({ key, rules, pointer: `/tools/${escape(key)}` }));
    const [exact, patterns] = [
      governing.filter(({ key }) => !key.includes('*')),
      governing.filter(({ key }) => key.includes('*')),
    ];
    if (!governing.some(({ key }) => key !== '*') && string(get(policy, 'default')) === 'deny')
      return deny('(default deny)');

    const { action, by } = actionOf(exact, patterns);
    if (action === 'deny') return deny(`${by}/action`);

    const all = get(policy, 'all_tools');
    const rulesets = [...exact, ...patterns, ...(all ? [{ key: '', rules: all, pointer: '/all_tools' }] : [])];
    const broken = brokenCondition(rulesets, call, reached) ?? this.#exceeded(rulesets, call, clock, reached);
    if (broken !== undefined) return deny(broken);
    if (action !== 'require_approval') return { decision: 'allow', rule: '' } as const;
    reached.add('approval');
    return { decision: 'needs_approval', rule: `${by}/approval` } as const;
  }

  /** Step 9: the rule of the first counter without room; else everything is counted. */
  #exceeded(
    rulesets: readonly Governing[],
    call: ReferenceCall,
    clock: number,
    reached: Set<Branch>,
  ): string | undefined {
    const now = Math.max(this.#time, clock);
    this.#time = now;
    const counted: Counted[] = [];
    for (const { pointer, rules } of rulesets) {
      const rate = get(rules, 'rate_limit');
      const limits = items(get(rules, 'limits'));
      for (const limit of rate ? [rate, ...limits] : limits) {
        reached.add('limits');
        const name = string(get(limit, 'counter'));
        const window = get(limit, 'window');
        const scope = string(get(limit, 'scope')) ?? (limit === rate ? 'session' : 'grant');
        const whose = { server: [], grant: [call.grantId], session: [call.grantId, call.session] }[scope];
        const counter = JSON.stringify([pointer, limit === rate ? [call.tool] : name, window, whose], printAmount);
        const needed = amountOf(string(get(limit, 'increment_from')), call);
        const max = get(limit, 'max');
        if (needed === undefined || max?.kind !== 'number') return rule(pointer, name);
        const inWindow = this.#history.filter((each) => each.counter === counter && isIn(window, each.time, now));
        const sum = inWindow.reduce((total, each) => add(total, each.amount), needed);
        if (compare(sum, max.amount) > 0) return rule(pointer, name);
        counted.push({ counter, amount: needed, time: now });
      }
    }
    this.#history.push(...counted);
    return undefined;
  }
}

function rule(pointer: string, counter: string | undefined): string {
  return counter === undefined ? `${pointer}/rate_limit` : `${pointer}/limits/${escape(counter)}`;
}

/** Steps 7 and 8. */
function brokenCondition(
  rulesets: readonly Governing[],
  call: ReferenceCall,
  reached: Set<Branch>,
): string | undefined {
  const subject = subjectOf(call);
  for (const section of ['deny_if', 'require'] as const) {
    for (const { pointer, rules } of rulesets) {
      const conditions = items(get(rules, section));
      for (const [index, condition] of conditions.entries()) {
        reached.add(section);
        const answer = conditionHolds(condition, subject, section);
        if (answer === 'unknown' || (answer === 'yes') === (section === 'deny_if')) {
          return `${pointer}/${section}/${escape(idOf(conditions, index))}`;
        }
      }
    }
  }
  return undefined;
}

function actionOf(exact: readonly Governing[], patterns: readonly Governing[]): { action: string; by: string } {
  for (const [entries, action] of [
    [exact, 'allow'],
    [exact, 'deny'],
    [exact, 'require_approval'],
    [patterns, 'deny'],
    [patterns, 'require_approval'],
  ] as const) {
    const first = entries.find(({ rules }) => string(get(rules, 'action')) === action);
    if (first) return { action, by: first.pointer };
  }
  return { action: 'allow', by: '' };
}

/** The condition's own id, else one derived from its path and operator, numbered where it is taken. */
function idOf(conditions: readonly Value[], wanted: number): string {
  const taken = conditions.flatMap((condition) => string(get(condition, 'id')) ?? []);
  for (const [index, condition] of conditions.entries()) {
    const own = string(get(condition, 'id'));
    const group = get(condition, 'conditions');
    const first = group ? items(group)[0] : condition;
    const stem = first ? `${string(get(first, 'path')) ?? ''}-${string(get(first, 'op')) ?? ''}` : 'always';
    let id = own ?? stem;
    for (let number = 2; own === undefined && taken.includes(id); number++) id = `${stem}-${String(number)}`;
    if (index === wanted) return id;
    taken.push(id);
  }
  return '';
}

function subjectOf(call: ReferenceCall): Subject {
  const roots = {
    'tool.name': call.tool,
    'tool.category': call.category,
    'tool.risk': call.risk,
    'grant.label': call.grantLabel,
    'client.name': call.client,
  };
  return { args: call.arguments === undefined ? undefined : readValue(call.arguments), roots };
}

/** What one call adds to a counter; `undefined` when it cannot be used. */
function amountOf(path: string | undefined, call: ReferenceCall): Amount | undefined {
  if (path === undefined) return amount('1');
  const [found] = follow(path, subjectOf(call));
  if (typeof found !== 'object' || found.kind !== 'number' || !found.exact) return undefined;
  const isUsable = found.amount.digits >= 0n && compare(found.amount, amount('9007199254740991')) <= 0;
  return isUsable ? found.amount : undefined;
}

/** Whether a call at `time` counts at `now`: the same calendar window, or the sliding one. */
function isIn(window: Value | undefined, time: number, now: number): boolean {
  if (window?.kind === 'number') return now - time < Number(window.amount.digits) * 10 ** window.amount.power * 1_000;
  return labelOf(string(window) ?? '', time) === labelOf(string(window) ?? '', now);
}

function labelOf(unit: string, time: number): string {
  const monday = time - ((new Date(time).getUTCDay() + 6) % 7) * 86_400_000;
  const digits = { minute: 16, hour: 13, day: 10, week: 10, month: 7 }[unit];
  return new Date(unit === 'week' ? monday : time).toISOString().slice(0, digits);
}

function isUnsafe(name: string, keys: readonly string[]): boolean {
  const length = Array.from(name).length;
  if (length === 0 || length > 128 || /[*\p{Cc}\p{Cf}\p{Z}\p{Cs}]/u.test(name)) return true;
  return !/^[A-Za-z0-9_./-]*$/.test(name) && !keys.includes(name);
}

function matches(pattern: string, name: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;
  if (!name.startsWith(head)) return false;
  const starts = Array.from({ length: name.length - head.length + 1 }, (_, index) => name.slice(head.length + index));
  return rest.length === 1
    ? starts.some((tail) => tail === rest[0])
    : starts.some((tail) => matches(rest.join('*'), tail));
}

function escape(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function printAmount(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
