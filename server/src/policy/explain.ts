/** What a policy decides for a tool whatever the arguments, and everything that bears on it: for hovers, lenses and lists. */
import type { CompiledEntry, CompiledPolicy, CompiledRuleset } from './compiled.ts';
import type { Span } from './json/node.ts';
import { approvalDemand, entryDenial, nameDenial, RULES } from './judge.ts';
import { conditionInWords, limitInWords, rateLimitInWords, SENTENCES } from './sentences.ts';
import { governingEntries, governingRulesets, rulesetsIn } from './tool-name.ts';

export interface ToolStanding {
  /** `conditional`: some calls are denied, or counted. `approval`: what is not denied needs a person. */
  readonly standing: 'hidden' | 'unsafe' | 'denied' | 'allowed' | 'conditional' | 'approval';
  /** The log's rule that says so; empty for `allowed` and `conditional`. */
  readonly rule: string;
  /** The same for people. */
  readonly sentence: string;
  /** Exact entry, patterns in document order, `all_tools`. */
  readonly rulesets: readonly GoverningRuleset[];
}

export interface GoverningRuleset {
  /** A key of `tools`; absent for `all_tools`. */
  readonly key?: string;
  /** JSON Pointer of the ruleset. */
  readonly pointer: string;
  readonly keySpan: Span;
  readonly action?: 'allow' | 'deny' | 'require_approval';
  /** In the order in which they are asked. */
  readonly restrictions: readonly Restriction[];
}

export interface Restriction extends Span {
  readonly kind: 'deny_if' | 'require' | 'rate_limit' | 'limit';
  readonly rule: string;
  /** A clause without a full stop, such as `denied if args.amount is more than 100`. */
  readonly text: string;
  /** The text of its own that agents get when it denies. */
  readonly onDeny?: string;
  /** No call can pass it: an empty group in `deny_if`, a maximum of 0. */
  readonly deniesAlways: boolean;
}

export function explainTool(policy: CompiledPolicy, toolName: string): ToolStanding {
  const entries = governingEntries(policy, toolName);
  const rulesets = governingRulesets(policy, entries).map(describe);
  return { ...verdict(policy, toolName, entries, rulesets), rulesets };
}

type Verdict = Omit<ToolStanding, 'rulesets'>;

function verdict(
  policy: CompiledPolicy,
  name: string,
  entries: readonly CompiledEntry[],
  rulesets: readonly GoverningRuleset[],
): Verdict {
  const unseen = nameDenial(policy, name);
  if (unseen)
    return {
      standing: unseen.rule === RULES.hidden ? 'hidden' : 'unsafe',
      rule: unseen.rule,
      sentence: unseen.message,
    };
  const restrictions = rulesets.flatMap((ruleset) => ruleset.restrictions);
  const denied = entryDenial(policy, entries, name) ?? alwaysDenied(restrictions);
  if (denied) return { standing: 'denied', rule: denied.rule, sentence: denied.message };
  const approval = approvalDemand(entries, name);
  if (approval) return { standing: 'approval', rule: approval.rule, sentence: SENTENCES.approvalNeeded };
  if (restrictions.length === 0) return { standing: 'allowed', rule: '', sentence: SENTENCES.allowed };
  return { standing: 'conditional', rule: '', sentence: SENTENCES.conditional };
}

function alwaysDenied(restrictions: readonly Restriction[]): { rule: string; message: string } | undefined {
  const found = restrictions.find(({ deniesAlways }) => deniesAlways);
  return found && { rule: found.rule, message: SENTENCES.actionDeny };
}

function describe(ruleset: CompiledRuleset & Partial<CompiledEntry>): GoverningRuleset {
  const { key, action, prefix: pointer, keySpan } = ruleset;
  return {
    ...(key !== undefined && { key }),
    ...(action && { action: action.value }),
    pointer,
    keySpan,
    restrictions: restrictionsOf(ruleset),
  };
}

/** Whether any condition or limit stands in what governs the tool; `explainTool` says which, and takes much longer. */
export function isRestricted(policy: CompiledPolicy, toolName: string): boolean {
  return governingRulesets(policy, governingEntries(policy, toolName)).some(
    ({ denyIf, require, rateLimit, limits }) =>
      denyIf.length > 0 || require.length > 0 || rateLimit !== undefined || limits.length > 0,
  );
}

/** The condition or limit that stands around an offset in the policy's text; undefined outside of all. */
export function restrictionAt(policy: CompiledPolicy, offset: number): Restriction | undefined {
  const around = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const ruleset = rulesetsIn(policy).find(around);
  return ruleset && restrictionsOf(ruleset).find(around);
}

/** What a ruleset restricts, in the order in which it is asked. */
export function restrictionsOf({ denyIf, require, rateLimit, limits }: CompiledRuleset): readonly Restriction[] {
  return [
    ...denyIf.map((each) =>
      restriction('deny_if', each, `denied if ${conditionInWords(each)}`, each.predicates.length === 0),
    ),
    ...require.map((each) => restriction('require', each, `allowed only when ${conditionInWords(each)}`, false)),
    ...(rateLimit ? [restriction('rate_limit', rateLimit, rateLimitInWords(rateLimit), rateLimit.max === 0)] : []),
    ...limits.map((each) => restriction('limit', each, limitInWords(each), each.max === 0 && !each.incrementFrom)),
  ];
}

function restriction(
  kind: Restriction['kind'],
  { rule, start, end, onDeny }: Span & { readonly rule: string; readonly onDeny?: string },
  text: string,
  deniesAlways: boolean,
): Restriction {
  return { kind, rule, text, deniesAlways, start, end, ...(onDeny !== undefined && { onDeny }) };
}
