/** What a later content lets through, in words. */
import type { CompiledRuleset } from '../policy/compiled.ts';
import type { ApprovalDemand } from '../policy/decision.ts';

/** One thing that the later content lets through. For people; texts of documents stand in it as they are. */
export interface Loosening {
  /** The tool, the pattern, or "all tools". */
  readonly about: string;
  readonly what: string;
  /** Said to whoever decides and never recorded: it may hold a secret, such as an argument of a program. */
  readonly detail?: string;
}

/** All of it, for whoever decides. */
export function inWords({ what, detail }: Pick<Loosening, 'what' | 'detail'>): string {
  return detail === undefined ? what : `${what}: ${detail}`;
}

export type AskedApproval = Pick<ApprovalDemand, 'timeout' | 'remember'>;

/** Undefined: whoever had to be asked still is, no longer and no less often. */
export function loosenedApproval(before: AskedApproval, after: AskedApproval | undefined): string | undefined {
  if (!after) return 'its calls need no approval any more';
  if (after.timeout > before.timeout) return 'its calls wait longer for approval';
  const isRemembered = after.remember === 'session' && before.remember === 'never';
  return isRemembered ? 'an approval is remembered for the session' : undefined;
}

/** How people call a ruleset. */
export function ownerOf(ruleset: CompiledRuleset): string {
  return 'key' in ruleset && typeof ruleset.key === 'string' ? ruleset.key : 'all tools';
}
