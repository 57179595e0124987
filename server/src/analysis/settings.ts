/**
 * What people have decided about findings: how severe each rule is, and which single findings are excused, with the reason. It is about findings
 * alone: nothing here reaches the engine, so nobody weakens enforcement by it. What makes a document no policy cannot be configured away.
 */
import { pointerAt, type CompiledPolicy } from '../policy/index.ts';
import type { Finding, Severity } from './finding.ts';
import { aboutOf, withLateFixes } from './late-fixes.ts';
import { quote } from './quote.ts';
import type { RuleInfo } from './rule.ts';

export interface FindingSettings {
  /** By code, as written by people: codes may be unknown. */
  readonly rules?: Readonly<Record<string, Severity | 'off'>>;
  /** Those that are about this policy. */
  readonly excused?: readonly Excuse[];
}

export interface Excuse {
  readonly code: string;
  /** JSON Pointer (RFC 6901) of the place, or of what it stands in. */
  readonly at: string;
  readonly reason: string;
}

export interface ExcusedFinding {
  readonly finding: Finding;
  readonly reason: string;
}

export interface Settled {
  readonly findings: readonly Finding[];
  readonly excused: readonly ExcusedFinding[];
}

/** Findings about the settings themselves. They stand at the beginning of the policy, for the settings are in another file. */
export const SETTING_RULES = {
  unknownRule: { code: 'unknown-rule', severity: 'warning', title: 'The configuration names no rule of ours' },
  staleExcuse: { code: 'stale-excuse', severity: 'warning', title: 'An excuse that excuses nothing' },
} as const satisfies Readonly<Record<string, RuleInfo>>;

/** What an excuse is held against when it seems stale. */
export interface Scope {
  /** Rules that may be configured. */
  readonly codes: ReadonlySet<string>;
  /** Whether a rule had all it needs to find anything. */
  readonly hasRun: (code: string) => boolean;
}

/** Applies the settings to everything that was found in a valid policy. */
export function settle(
  found: readonly Finding[],
  policy: CompiledPolicy,
  { rules = {}, excused = [] }: FindingSettings,
  scope: Scope,
): Settled {
  const used = new Set<Excuse>();
  const result: { findings: Finding[]; excused: ExcusedFinding[] } = { findings: [], excused: [] };
  for (const finding of found) {
    const excuse = excused.length === 0 ? undefined : excuseFor(finding, policy, excused);
    if (excuse) {
      used.add(excuse);
      result.excused.push({ finding, reason: excuse.reason });
    } else result.findings.push(graded(finding, rules));
  }
  const stale = excused.filter((excuse) => !used.has(excuse) && isStale(excuse, rules, scope));
  const about = [...stale.map(staleFinding), ...unknownCodes(rules, scope).map(unknownFinding)];
  return {
    findings: [...about.map((finding) => graded({ ...finding, span: beginning(policy) }, rules)), ...result.findings],
    excused: result.excused,
  };
}

function graded(finding: Finding, rules: NonNullable<FindingSettings['rules']>): Finding {
  const severity = Object.hasOwn(rules, finding.code) ? rules[finding.code] : undefined;
  if (severity === undefined || severity === 'off') return finding;
  return withLateFixes({ ...aboutOf(finding), severity }, () => finding.fixes);
}

function excuseFor({ code, span }: Finding, policy: CompiledPolicy, excuses: readonly Excuse[]): Excuse | undefined {
  const ofCode = excuses.filter((excuse) => excuse.code === code);
  if (ofCode.length === 0) return undefined;
  const at = pointerAt(policy.root, span.start);
  return ofCode.find((excuse) => at === excuse.at || at.startsWith(`${excuse.at}/`));
}

function isStale({ code }: Excuse, rules: NonNullable<FindingSettings['rules']>, { codes, hasRun }: Scope): boolean {
  if (!codes.has(code)) return true;
  return hasRun(code) && !(Object.hasOwn(rules, code) && rules[code] === 'off');
}

function unknownCodes(rules: NonNullable<FindingSettings['rules']>, { codes }: Scope): readonly string[] {
  return Object.keys(rules).filter((code) => !codes.has(code));
}

type About = Omit<Finding, 'span'>;

function staleFinding({ code, at }: Excuse): About {
  const where = at === '' ? 'this policy' : at;
  const message = `portcullis.json excuses ${quote(code)} at ${quote(where)}, and there is no such finding. Remove the excuse, so that it hides nothing that comes later.`;
  return { code: 'stale-excuse', severity: SETTING_RULES.staleExcuse.severity, message, fixes: [] };
}

function unknownFinding(code: string): About {
  const message = `The severity of ${quote(code)} is configured, and there is no such rule, or its findings make a document no policy and are always errors. Correct or remove it under "rules".`;
  return { code: 'unknown-rule', severity: SETTING_RULES.unknownRule.severity, message, fixes: [] };
}

function beginning({ root }: CompiledPolicy): Finding['span'] {
  return { start: root.start, end: root.start + 1 };
}
