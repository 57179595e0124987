/**
 * Decides recorded calls again under another policy. What hangs on something that the log does not tell is `unknown`, and never guessed. Limits count
 * what they would have counted, as if the policy had always held.
 */
import { judge, MemoryCounters, type Charge, type CompiledPolicy, type Reservation } from '../policy/index.ts';
import type { AuditRecord, DecisionRecord } from '../protocol/audit.ts';
import type { KeptValues, Withheld } from '../protocol/values.ts';
import { callOf, isListed, knowledgeOf, type Knowledge } from './knowledge.ts';
import { Settling } from './settled.ts';

export type Verdict = 'allow' | 'deny' | 'needs_approval' | 'unknown';

export interface Replayed extends Answer {
  readonly record: DecisionRecord;
  readonly before: Verdict;
}

export interface Answer {
  readonly after: Verdict;
  /** The log's rule of `after`; empty for a plain allow and where it is unknown. */
  readonly rule: string;
  /** Why it is unknown. */
  readonly doubt?: Doubt;
}

export type Doubt =
  /** Values at these paths of the policy are not known; `withheld`: because they must not be kept. */
  | { readonly kind: 'values'; readonly missing: readonly { readonly path: string; readonly withheld?: Withheld }[] }
  /** Calls of which nobody knows whether they counted may have used up the limit. */
  | { readonly kind: 'limit'; readonly rule: string }
  /** Whether the server had the tool was not looked at. */
  | { readonly kind: 'tool' };

/** Plays the records of one server, one after the other, oldest first, from the beginning of the log. */
export class Replay {
  readonly #settling: Settling;
  readonly #counters = new MemoryCounters();
  /** Counters that may stand higher than is known. */
  readonly #unsure = new Set<string>();
  /** Of calls that have not ended, by their ids. */
  readonly #reserved = new Map<string, Reservation>();
  readonly #isWhole: boolean;

  /** `isWhole`: no older records were removed. */
  constructor(policy: CompiledPolicy, isWhole: boolean) {
    this.#settling = new Settling(policy);
    this.#isWhole = isWhole;
  }

  /** `undefined`: the record is no decision that a policy made. */
  play(record: AuditRecord, kept?: KeptValues): Replayed | undefined {
    if (record.kind === 'outcome') {
      this.#end(record.of, record.isRefunded === true);
      return undefined;
    }
    if (record.kind === 'acceptance') return undefined;
    const before = verdictOf(record);
    return before && { record, before, ...this.#decide(knowledgeOf(record, kept), before) };
  }

  #end(id: string, isRefunded: boolean): void {
    const reservation = this.#reserved.get(id);
    this.#reserved.delete(id);
    if (reservation && isRefunded) this.#counters.release(reservation);
  }

  #decide(knowledge: Knowledge, before: Verdict): Answer {
    const { record } = knowledge;
    const call = callOf(knowledge);
    const owner = { server: record.server, policyFile: '' };
    const { kindest: kind, strictest: strict, missing } = this.#settling.of(knowledge);
    const kindest = judge(kind, call, owner);
    if (kindest.outcome === 'deny') return { after: 'deny', rule: kindest.rule };
    const { charges, approval } = kindest;
    const doubt = doubtOf(knowledge, missing, strict !== kind && judge(strict, call, owner).outcome === 'deny');
    if (doubt || (approval && before !== 'needs_approval'))
      return this.#playDoubtful(charges, record, doubt ?? approval?.rule ?? '');
    const answer: Answer = approval ? { after: 'needs_approval', rule: approval.rule } : ALLOWED;
    // A call that a person refused was not counted, and did not have to find room.
    return approval && record.decision === 'deny' ? answer : this.#playCounted(charges, record, answer);
  }

  /** Nobody knows whether the call would have been counted. `why`: the rule of an approval that was never asked for, or not even that is known. */
  #playDoubtful(charges: readonly Charge[], { at }: DecisionRecord, why: Doubt | string): Answer {
    const room = this.#counters.probe(charges, Date.parse(at));
    if (!room.ok) return { after: 'deny', rule: room.charge.rule };
    for (const { counter } of charges) this.#unsure.add(counter);
    if (typeof why === 'string') return { after: 'needs_approval', rule: why };
    return { after: 'unknown', rule: '', doubt: why };
  }

  #playCounted(charges: readonly Charge[], { id, at }: DecisionRecord, answer: Answer): Answer {
    const reserving = this.#counters.reserve(charges, Date.parse(at));
    if (!reserving.ok) return { after: 'deny', rule: reserving.charge.rule };
    if (charges.length > 0) this.#reserved.set(id, reserving.reservation);
    const unsure = charges.find(({ counter }) => !this.#isWhole || this.#unsure.has(counter));
    return unsure ? { after: 'unknown', rule: '', doubt: { kind: 'limit', rule: unsure.rule } } : answer;
  }
}

const ALLOWED: Answer = { after: 'allow', rule: '' };

function doubtOf({ record, withheld }: Knowledge, paths: readonly string[], mayDeny: boolean): Doubt | undefined {
  if (!isListed(record)) return { kind: 'tool' };
  if (!mayDeny) return undefined;
  const reasons = new Map(Object.entries(withheld));
  const missing = paths.map((path) => {
    const reason = reasons.get(path);
    return { path, ...(reason ? { withheld: reason } : {}) };
  });
  return { kind: 'values', missing };
}

const NOT_THE_POLICY = new Set(['(internal error)', '(unchecked)', '(invalid request)', '(unreviewed tool)']);

/** Whether a policy had a say: some calls are decided whatever it says. */
export const isOfPolicy = (rule: string): boolean => !NOT_THE_POLICY.has(rule);

/** What the policy of that time said; `undefined`: it was not asked, or the record is the question to a person, whose answer has its own. */
function verdictOf(record: DecisionRecord): Verdict | undefined {
  const { method, decision, rule } = record;
  return method === 'tools/call' && decision !== 'pending' && isOfPolicy(rule) ? saidByPolicy(record) : undefined;
}

/** What the policy said: whatever a person then answered. */
export function saidByPolicy({
  decision,
  rule,
}: Pick<DecisionRecord, 'decision' | 'rule'>): 'allow' | 'deny' | 'needs_approval' {
  if (rule.endsWith('/approval')) return 'needs_approval';
  return decision === 'allow' ? 'allow' : 'deny';
}
