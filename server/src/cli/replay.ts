/**
 * Decides recorded calls again under another policy. Values of arguments are not in the log: what hangs on one is `unknown`, and never guessed. The engine
 * judges twice, once as if every such condition let the call pass and once as if it denied; only where both agree is the answer known.
 */
import {
  judge,
  MemoryCounters,
  type Call,
  type Charge,
  type CompiledCondition,
  type CompiledEntry,
  type CompiledPolicy,
  type CompiledRuleset,
  type ParsedPath,
} from '../policy/index.ts';
import type { AuditRecord, DecisionRecord } from '../protocol/audit.ts';

export type Verdict = 'allow' | 'deny' | 'needs_approval' | 'unknown';

export interface Replayed {
  readonly record: DecisionRecord;
  readonly before: Verdict;
  readonly after: Verdict;
  /** The log's rule of `after`; empty for a plain allow and where it is unknown. */
  readonly rule: string;
}

/** `records`: of one server, oldest first, from the beginning of the log, so that limits count what they would have counted. */
export function replay(policy: CompiledPolicy, records: readonly AuditRecord[], isWhole: boolean): readonly Replayed[] {
  const refunded = new Set(records.flatMap((each) => (each.kind === 'outcome' && each.isRefunded ? [each.of] : [])));
  const player = new Player(policy, isWhole);
  return records.flatMap((record) => {
    const before = record.kind === 'decision' ? verdictOf(record) : undefined;
    if (record.kind !== 'decision' || before === undefined) return [];
    return [{ record, before, ...player.play(record, before, refunded.has(record.id)) }];
  });
}

/** Decided whatever the policy says: such a call is no matter of the policy. */
const NOT_THE_POLICY = new Set(['(internal error)', '(unchecked)', '(invalid request)', '(unreviewed tool)']);

/** What the policy of that time said; `undefined`: it was not asked, or the record is the question to a person, whose answer has its own. */
function verdictOf({ method, decision, rule }: DecisionRecord): Verdict | undefined {
  if (method !== 'tools/call' || decision === 'pending' || NOT_THE_POLICY.has(rule)) return undefined;
  if (rule.endsWith('/approval')) return 'needs_approval';
  return decision === 'allow' ? 'allow' : 'deny';
}

type Answer = Pick<Replayed, 'after' | 'rule'>;

class Player {
  readonly #policy: CompiledPolicy;
  readonly #counters = new MemoryCounters();
  /** Counters that may stand higher than is known. */
  readonly #unsure = new Set<string>();
  readonly #isWhole: boolean;

  constructor(policy: CompiledPolicy, isWhole: boolean) {
    this.#policy = policy;
    this.#isWhole = isWhole;
  }

  play(record: DecisionRecord, before: Verdict, isRefunded: boolean): Answer {
    const call = callOf(record);
    const owner = { server: record.server, policyFile: '' };
    const kindest = judge(settled(this.#policy, record, 'passes'), call, owner);
    if (kindest.outcome === 'deny') return { after: 'deny', rule: kindest.rule };
    const strictest = judge(settled(this.#policy, record, 'denies'), call, owner);
    const isUnknown = strictest.outcome === 'deny' || !isListed(record);
    const { charges, approval } = kindest;
    if (isUnknown || (approval && before !== 'needs_approval'))
      return this.#playDoubtful(charges, Date.parse(record.at), isUnknown ? '' : (approval?.rule ?? ''));
    const answer = approval ? { after: 'needs_approval' as const, rule: approval.rule } : ALLOWED;
    // A call that a person refused was not counted, and did not have to find room.
    return approval && record.decision === 'deny' ? answer : this.#playCounted(charges, record, answer, isRefunded);
  }

  /** Nobody knows whether the call would have been counted. `rule`: of the approval; empty where not even that is known. */
  #playDoubtful(charges: readonly Charge[], at: number, rule: string): Answer {
    const room = this.#counters.probe(charges, at);
    if (!room.ok) return { after: 'deny', rule: room.charge.rule };
    for (const { counter } of charges) this.#unsure.add(counter);
    return { after: rule === '' ? 'unknown' : 'needs_approval', rule };
  }

  #playCounted(charges: readonly Charge[], { at }: DecisionRecord, answer: Answer, isRefunded: boolean): Answer {
    const reserving = this.#counters.reserve(charges, Date.parse(at));
    if (!reserving.ok) return { after: 'deny', rule: reserving.charge.rule };
    if (isRefunded) this.#counters.release(reserving.reservation);
    const isUnsure = charges.some(({ counter }) => !this.#isWhole || this.#unsure.has(counter));
    return isUnsure ? { after: 'unknown', rule: '' } : answer;
  }
}

const ALLOWED: Answer = { after: 'allow', rule: '' };

/** The server's list was looked at before the call was judged, and has the tool. */
function isListed({ category }: DecisionRecord): boolean {
  return category !== '';
}

function callOf({ tool, grant, session, client, category, risk, rule }: DecisionRecord): Call {
  const caller = { grantId: grant, grantLabel: grant, session, ...(client === '' ? {} : { client }) };
  const known = { ...(category === '' ? {} : { category }), ...(risk === '' ? {} : { risk }) };
  return { tool, caller, upstream: rule === '(unknown tool)' ? 'missing' : 'unchecked', ...known };
}

type Leaning = 'passes' | 'denies';

/** The policy with each condition and limit settled that cannot be known for this record. */
function settled(policy: CompiledPolicy, record: DecisionRecord, leaning: Leaning): CompiledPolicy {
  const settle = <T extends CompiledRuleset>(ruleset: T): T => settledRuleset(ruleset, record, leaning);
  const { exact, patterns } = policy.tools;
  const tools = {
    exact: new Map([...exact].map(([key, entry]): [string, CompiledEntry] => [key, settle(entry)])),
    patterns: patterns.map(settle),
  };
  return { ...policy, tools, ...(policy.allTools ? { allTools: settle(policy.allTools) } : {}) };
}

function settledRuleset<T extends CompiledRuleset>(ruleset: T, record: DecisionRecord, leaning: Leaning): T {
  const isKnown = ({ predicates }: CompiledCondition): boolean => predicates.every(({ path }) => knows(record, path));
  const limits = ruleset.limits.filter(({ incrementFrom }) => !incrementFrom || knows(record, incrementFrom.path));
  const denyIf = ruleset.denyIf.filter(isKnown);
  const require = ruleset.require.filter(isKnown);
  const left = limits.length + denyIf.length + require.length;
  const isAll = left === ruleset.limits.length + ruleset.denyIf.length + ruleset.require.length;
  const { start, end, prefix } = ruleset;
  // A group without predicates always holds.
  const denial = { start, end, rule: prefix, predicates: [] };
  return { ...ruleset, limits, require, denyIf: isAll || leaning === 'passes' ? denyIf : [...denyIf, denial] };
}

/** So many names of arguments are recorded at most, and so much of each. */
const MAX_KEYS = 64;
const MAX_KEY_LENGTH = 128;

/** Whether the record tells what stands at the path: of arguments only that they are absent. */
function knows({ argKeys, category }: DecisionRecord, { root, steps }: ParsedPath): boolean {
  if (root === 'tool.category' || root === 'tool.risk') return category !== '';
  if (root !== 'args') return true;
  const [first] = steps;
  if (first?.kind !== 'key' || argKeys.length >= MAX_KEYS || first.name.length > MAX_KEY_LENGTH) return false;
  return !argKeys.includes(first.name) && isEmptyOrPlain(argKeys);
}

/** Without any name there may have been no arguments at all; that reads the same for a path with a step. */
function isEmptyOrPlain(argKeys: readonly string[]): boolean {
  return argKeys.every((key) => key.length < MAX_KEY_LENGTH);
}
