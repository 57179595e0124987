/**
 * A policy held against the tools that its server has now: what is new, gone or changed, and the text as it could be. Pure; it proposes, a person
 * accepts. What a person wrote is never loosened and never lost: only rules that stand as this room writes them are replaced or removed.
 */
import { diffCatalogs, toolsByName, type Catalog, type ChangedTool } from '../catalog/index.ts';
import {
  compilePolicy,
  explainTool,
  type CompiledPolicy,
  type PolicyProblem,
  type ToolStanding,
} from '../policy/index.ts';
import { classifyTool, type Risk } from '../risk/index.ts';
import { compareStrictness, entryIn, isOwnForm, isSameRule, ruleIn } from './forms.ts';
import { isListedByPattern, isMentioned } from './mentioned.ts';
import { planPolicy, type LeftOut, type PlannedTool } from './plan.ts';
import { outcomeOf, ruleFor, type Outcome, type Profile, type ToolRule } from './profile.ts';
import { revise } from './revise.ts';

export interface Review {
  readonly profile: Profile;
  /** Tools that the policy does not speak of, with the rule that is proposed. */
  readonly added: readonly PlannedTool[];
  /** Names in the policy that the server does not list any more. */
  readonly vanished: readonly {
    readonly name: string;
    /** Whether what stands there is to be removed. */ readonly removed: boolean;
  }[];
  /** Tools whose definition changed; only where the earlier list is known. */
  readonly changed: readonly ChangedVerdict[];
  /** Tools for which the policy says less than is recommended. Nothing is proposed: a person wrote it so. */
  readonly open: readonly MoreOpen[];
  readonly leftOut: readonly LeftOut[];
  /** The policy with what is proposed; the text itself when that is nothing. */
  readonly text: string;
}

export interface ChangedVerdict extends ChangedTool {
  readonly riskBefore: Risk;
  readonly riskAfter: Risk;
  /** The stricter rule that is proposed; absent when the policy's stays. */
  readonly rule?: ToolRule;
}

export interface MoreOpen {
  readonly name: string;
  readonly standing: ToolStanding['standing'];
  readonly recommended: Outcome;
}

export type Reviewing =
  { readonly ok: true; readonly review: Review } | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

export interface ReviewInput {
  /** The policy as it stands. */
  readonly text: string;
  readonly catalog: Catalog;
  /** The list for which the policy was last written or reviewed. */
  readonly before?: Catalog;
  /** Absent: the strictest profile that the policy keeps to. */
  readonly profile?: Profile;
}

export function reviewPolicy({ text, catalog, before, profile: wanted }: ReviewInput): Reviewing {
  const compiled = compilePolicy(text);
  if (!compiled.ok) return compiled;
  const { policy } = compiled;
  const profile = wanted ?? profileOf(policy, catalog);
  const { tools, leftOut } = planPolicy(catalog, profile);
  const added = tools.filter(({ tool }) => !isMentioned(policy, tool.name));
  const vanished = vanishedNames(policy, catalog);
  const changed = before ? changedTools(policy, before, catalog, profile) : [];
  const tightened = new Set(changed.filter(({ rule }) => rule).map(({ name }) => name));
  const known = tools.filter(({ tool }) => isMentioned(policy, tool.name) && !tightened.has(tool.name));
  const review = { profile, added, vanished, changed, open: known.flatMap((each) => moreOpen(policy, each)), leftOut };
  const revised = compilePolicy(revise(policy, review));
  return revised.ok ? { ok: true, review: { ...review, text: revised.policy.source } } : revised;
}

/** Whether there is something to accept. What a person wrote and keeps, for tools that are gone or more open than recommended, is no news. */
export function hasNews({ added, vanished, changed }: Review): boolean {
  return added.length > 0 || changed.length > 0 || vanished.some(({ removed }) => removed);
}

/** A policy that lets nothing through stays so, and one that lets only reads through; one that speaks of no tool yet is not decided. */
function profileOf(policy: CompiledPolicy, catalog: Catalog): Profile {
  const mentioned = catalog.tools.filter(({ name }) => isMentioned(policy, name));
  if (mentioned.length === 0) return 'recommended';
  const through = mentioned.filter(({ name }) => !DENIALS.has(explainTool(policy, name).standing));
  if (through.length === 0 && policy.default === 'deny') return 'deny-all';
  return through.every((tool) => classifyTool(tool).category === 'Read') ? 'read-only' : 'recommended';
}

const DENIALS: ReadonlySet<ToolStanding['standing']> = new Set(['hidden', 'unsafe', 'denied']);

/** A server without any tool more likely has a problem than lost them all. */
function vanishedNames(policy: CompiledPolicy, catalog: Catalog): Review['vanished'] {
  const listed = toolsByName(catalog);
  if (listed.size === 0) return [];
  const names = new Set([...policy.tools.exact.keys(), ...policy.hide.exact.keys()]);
  return [...names]
    .filter((name) => !listed.has(name))
    .sort()
    .map((name) => ({ name, removed: isRemovable(policy, name) }));
}

/** Nothing is removed that a person wrote, nor what keeps a tool out that a pattern or the default would let in. */
function isRemovable(policy: CompiledPolicy, name: string): boolean {
  const entry = entryIn(policy, name);
  const isOwn = entry === undefined || isOwnForm(name, { kind: 'entry', entry });
  return isOwn && policy.default === 'deny' && !isListedByPattern(policy, name);
}

function changedTools(
  policy: CompiledPolicy,
  before: Catalog,
  after: Catalog,
  profile: Profile,
): readonly ChangedVerdict[] {
  return diffCatalogs(before, after).changed.map((change) => {
    const riskBefore = classifyTool(change.before);
    const riskAfter = classifyTool(change.after);
    const rule = ruleFor(profile, change.after, riskAfter);
    const present = ruleIn(policy, change.name);
    const isUntouched = present && isSameRule(present, ruleFor(profile, change.before, riskBefore));
    const isStricter = isUntouched && compareStrictness(rule, present) < 0;
    return { ...change, riskBefore, riskAfter, ...(isStricter && { rule }) };
  });
}

/** How much a standing lets through, in the order of `OUTCOMES`. */
const OPENNESS: Readonly<Record<ToolStanding['standing'] | Outcome, number>> = {
  hidden: 0,
  unsafe: 0,
  denied: 0,
  approval: 1,
  conditional: 2,
  limited: 2,
  allowed: 3,
};

function moreOpen(policy: CompiledPolicy, { tool, rule }: PlannedTool): readonly MoreOpen[] {
  const { standing } = explainTool(policy, tool.name);
  const recommended = outcomeOf(rule);
  return OPENNESS[standing] > OPENNESS[recommended] ? [{ name: tool.name, standing, recommended }] : [];
}
