/**
 * The one place where a tool call is let through or denied. Every face, revision and transport comes through `rule`.
 * An allowed call has reserved its counters and has a durable record before this returns; whatever throws on the way denies the call.
 */
import type { Tool } from '../../catalog/index.ts';
import { counterDenial, judge, type CompiledPolicy } from '../../policy/index.ts';
import type { ApprovalDemand, Caller, Charge, Denial, Judgement, Pass, Reserving } from '../../policy/decision.ts';
import type { JsonObject } from '../../policy/json/node.ts';
import type { Clock, Log } from '../../ports.ts';
import type { Decided, Ended } from '../../protocol/audit.ts';
import type { Counters } from '../../state/ports.ts';
import type { Params } from '../../mcp/message.ts';
import type { ToolCall } from '../message/toolCall.ts';
import type { Approver, Bond } from '../approval/approver.ts';
import { CHANGED, denialSentence } from '../approval/sentences.ts';
import { createAdmission, type Admission } from './admission.ts';
import { bondOf, broken, cannotLook, type Asking } from './approval.ts';
import { denialResult } from './denialResult.ts';
import { passesAnyway, withoutAsking } from './passing.ts';
import { blankEntry, keysOf } from './entry.ts';
import { reasonOf } from './reason.ts';
import type { KeepValues } from '../values/keeper.ts';
import type { ToolStanding } from './standing.ts';

/** Who calls, with the session's public name: the session id itself is a credential and never leaves the session. */
export type Identity = Caller;

export interface PolicyInForce {
  /** Absolute path of the file; empty for a server without a policy. */
  readonly file: string;
  readonly policy: CompiledPolicy | undefined;
  /** What it denies passes, and is recorded as `wouldDeny`. */
  readonly isObserved?: true;
}

export interface EnforcerOptions {
  readonly server: string;
  readonly policyInForce: (grantId: string) => PolicyInForce;
  readonly counters: Counters;
  /** Learns what other machines have changed; absent: nothing is shared. Answers why the grant does not hold. Rejects: the call must be denied. */
  readonly learn?: (grantId: string) => Promise<Denial | undefined>;
  /** Reserves the charges and records the entry, both or neither. Resolves when both are durable; rejects when they could not be written. */
  readonly admit: (charges: readonly Charge[], at: number, entry: Decided) => Promise<Reserving>;
  /** Returns when the entry is durable; throws when it could not be written. */
  readonly record: (entry: Decided) => void;
  /** Records how a call ended, at once or soon after. */
  readonly note: (entry: Ended) => void;
  readonly approver: Approver;
  /** Another text after every change of the grant. */
  readonly grantDigest: (grantId: string) => string;
  /** Whether a person has reviewed the tool as it is listed now, where that is demanded. */
  readonly isReviewed: (tool: Tool | undefined) => boolean;
  readonly clock: Clock;
  /** Keyed digest of the arguments: tells equal ones apart from others, and cannot be guessed. */
  readonly argsHmac: (args: JsonObject | undefined) => string;
  /** What becomes of the arguments' values of a grant's calls; absent: nothing. */
  readonly keepValues?: (grantId: string) => KeepValues | undefined;
  readonly log: Log;
}

export type Ruling =
  | { readonly allowed: false; readonly result: Params }
  | { readonly allowed: true; readonly admission: Admission }
  /** A person has not answered yet, and the client is to come back. */
  | { readonly allowed: 'open' };

export interface Enforcer {
  /** A call without `asking` cannot wait for anybody. */
  rule(call: ToolCall, identity: Identity, standing: ToolStanding, asking?: Asking): Promise<Ruling>;
  /** Records a message that does not pass by the method table. Never throws. */
  recordRefusal(method: string, tool: string, identity: Identity, rule: string, message: string): void;
}

export function createEnforcer(options: EnforcerOptions): Enforcer {
  return {
    rule: (call, identity, standing, asking = cannotLook) =>
      ruleOnce({ options, call, identity, standing, asking, policy: undefined, isObserved: false }),
    recordRefusal(method, tool, identity, rule, message) {
      const entry = {
        ...blankEntry(options.server, identity, method, tool),
        policy: options.policyInForce(identity.grantId).policy?.hash ?? '',
        decision: 'deny' as const,
        rule,
        message,
      };
      recordOrLog(options, entry);
    },
  };
}

async function ruleOnce(trial: Trial): Promise<Ruling> {
  try {
    return await tryRule(trial);
  } catch (error) {
    trial.options.log.error('A call was denied because it could not be judged or recorded.', {
      reason: reasonOf(error),
    });
    return deny(trial, internalDenial);
  }
}

interface Trial {
  readonly options: EnforcerOptions;
  readonly call: ToolCall;
  readonly identity: Identity;
  readonly asking: Asking;
  standing: ToolStanding;
  /** The policy that judged last: what is recorded and told is what was judged by, whatever stands in the file by then. */
  policy: CompiledPolicy | undefined;
  /** The denials of that policy are only recorded. */
  isObserved: boolean;
}

async function tryRule(trial: Trial): Promise<Ruling> {
  const ended = await trial.options.learn?.(trial.identity.grantId);
  if (ended) return deny(trial, ended);
  const judgement = judgeNow(trial);
  if (judgement.outcome === 'deny') return refuse(trial, judgement);
  const { charges, approval } = judgement;
  if (!approval) return admit(trial, charges, allowed(''));
  if (trial.isObserved) return admit(trial, charges, withoutAsking(approval));
  return seekApproval(trial, judgement, approval);
}

function judgeNow(trial: Trial): Judgement {
  const { options, call, identity, standing } = trial;
  const inForce = options.policyInForce(identity.grantId);
  const { policy, file } = inForce;
  trial.policy = policy;
  const isReviewed = options.isReviewed(standing.tool);
  // To observe is to lift the policy's verdict, not the lock's.
  trial.isObserved = isReviewed && passesAnyway(inForce, call.tool, standing);
  const { risk, upstream } = standing;
  const subject = {
    tool: call.tool,
    caller: identity,
    upstream,
    ...(call.arguments ? { arguments: call.arguments } : {}),
    ...(risk ? { category: risk.category, risk: risk.level } : {}),
  };
  const judgement = judge(policy, subject, { server: options.server, policyFile: file });
  return judgement.outcome === 'pass' && !isReviewed ? unreviewed : judgement;
}

/** Last among what needs no counters: that a tool has changed is told only where the policy would let the call through. */
const unreviewed: Denial = {
  outcome: 'deny',
  rule: '(unreviewed tool)',
  message:
    'This tool is new, or has changed since a person reviewed it. A person has to review it before it can be called.',
};

/** Policy language §3 "Approval": counters are probed before anyone is asked; once approved, everything is checked again and reserved. */
async function seekApproval(trial: Trial, pass: Pass, demand: ApprovalDemand): Promise<Ruling> {
  const { options, call, identity, standing, asking } = trial;
  const { rule } = demand;
  const probe = await options.counters.probe(pass.charges, options.clock());
  if (!probe.ok) return deny(trial, counterDenial(probe.charge, probe.retryAfter));
  const bond = bondNow(trial);
  const entry: Decided = { ...entryOf(trial), decision: 'pending', rule, message: demand.message ?? '' };
  const { server } = options;
  const answer = await options.approver({ server, call, demand, identity, standing, bond, entry, patience: asking });
  if (answer.outcome === 'open') return { allowed: 'open' };
  if (answer.outcome !== 'approved')
    return deny(trial, { outcome: 'deny', rule, message: denialSentence(answer, demand.reason) });
  const found = await asking.lookAgain();
  if (!found) return deny(trial, { outcome: 'deny', rule, message: CHANGED.unchecked });
  trial.standing = found;
  await options.learn?.(identity.grantId);
  const again = judgeNow(trial);
  if (again.outcome === 'deny') return deny(trial, again);
  const change = broken(bond, bondNow(trial), demand);
  return change ? deny(trial, change) : admit(trial, again.charges, allowed(rule));
}

/** Of the policy that judged last. */
function bondNow({ options, identity, standing, policy }: Trial): Bond {
  const { file } = options.policyInForce(identity.grantId);
  return bondOf({ policy: policy?.hash ?? '', policyFile: file }, standing, options.grantDigest(identity.grantId));
}

type Verdict = Pick<Decided, 'decision' | 'rule' | 'message'>;

function allowed(rule: string): Verdict {
  return { decision: 'allow', rule, message: '' };
}

async function admit(trial: Trial, charges: readonly Charge[], verdict: Verdict): Promise<Ruling> {
  const { options } = trial;
  const entry: Decided = { ...entryOf(trial), ...verdict };
  const reserving = await options.admit(charges, options.clock(), entry);
  if (!reserving.ok) return refuse(trial, counterDenial(reserving.charge, reserving.retryAfter));
  keepValues(trial, entry);
  return { allowed: true, admission: createAdmission(options, entry.id, reserving.reservation) };
}

/** What would be denied is not counted, as what is denied is not: the counters stand as they would if the policy were enforced. */
async function refuse(trial: Trial, denial: Denial): Promise<Ruling> {
  if (!trial.isObserved) return deny(trial, denial);
  const { rule, message } = denial;
  return admit(trial, [], { decision: 'wouldDeny', rule, message });
}

/** A denial stands also when it cannot be recorded. */
function deny(trial: Trial, denial: Denial): Ruling {
  const { rule, message } = denial;
  recordOrLog(trial.options, () => {
    const entry: Decided = { ...entryOf(trial), decision: 'deny', rule, message };
    keepValues(trial, entry);
    return entry;
  });
  return { allowed: false, result: denialResult(denial, trial.policy?.hash ?? '') };
}

/** The reason is for the log: it may name files, which are no business of an agent. */
const internalDenial: Denial = {
  outcome: 'deny',
  rule: '(internal error)',
  message: "The gateway could not check or record this call, so it was denied. The gateway's log says why.",
};

function entryOf({ options, call, identity, standing, policy }: Trial): Decided {
  return {
    ...blankEntry(options.server, identity, 'tools/call', call.tool),
    policy: policy?.hash ?? '',
    argKeys: keysOf(call.arguments),
    argsHmac: options.argsHmac(call.arguments),
    category: standing.risk?.category ?? '',
    risk: standing.risk?.level ?? '',
  };
}

/** For a later replay only: whatever happens here, the decision stands. */
function keepValues({ options, identity, call, policy }: Trial, entry: Decided): void {
  const { arguments: args } = call;
  if (!args || !policy) return;
  try {
    options.keepValues?.(identity.grantId)?.(entry, args, policy);
  } catch (error) {
    options.log.error('Values of arguments could not be kept.', { reason: reasonOf(error) });
  }
}

function recordOrLog(options: EnforcerOptions, entry: Decided | (() => Decided)): void {
  try {
    options.record(typeof entry === 'function' ? entry() : entry);
  } catch (error) {
    options.log.error('A denial could not be recorded.', { reason: reasonOf(error) });
  }
}
