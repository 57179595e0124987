/**
 * The names that neither of two documents writes out. Patterns alone govern those, so what is shown of a pattern holds for all of them.
 */
import { DEFAULT_APPROVAL_TIMEOUT } from '../policy/compiled.ts';
import type { CompiledEntry, CompiledPolicy, CompiledRuleset } from '../policy/compiled.ts';
import { loosenedApproval, ownerOf, type AskedApproval, type Loosening } from './loosening.ts';
import { covers, mayMeet } from './patterns.ts';
import { deniesAlways, lostRestrictions } from './rulesets.ts';

/** `before` undefined: it denied each call. */
export function loosenedPatterns(before: CompiledPolicy | undefined, after: CompiledPolicy): readonly Loosening[] {
  const passing = after.default === 'allow' ? ['*'] : listing(after).map(({ key }) => key);
  return passing
    .filter((domain) => !deniesEvery(after, domain))
    .flatMap((domain) =>
      before ? loosenedIn(domain, before, after) : [{ about: domain, what: 'no policy was in force' }],
    );
}

/** "*" alone lists no tool (policy language §2). */
function listing({ tools }: CompiledPolicy): readonly CompiledEntry[] {
  return tools.patterns.filter(({ key }) => key !== '*');
}

/** Whether each name of the pattern that the document does not write out is denied. */
function deniesEvery({ hide, tools, allTools }: CompiledPolicy, pattern: string): boolean {
  return (
    hide.patterns.some(({ key }) => covers(key, pattern)) ||
    tools.patterns.some((entry) => covers(entry.key, pattern) && deniesEach(entry)) ||
    (allTools !== undefined && deniesAlways(allTools))
  );
}

function deniesEach(entry: CompiledEntry): boolean {
  return entry.action?.value === 'deny' || deniesAlways(entry);
}

/** `domain`: a pattern, some names of which may pass now. */
function loosenedIn(domain: string, before: CompiledPolicy, after: CompiledPolicy): readonly Loosening[] {
  const wasListed = before.default === 'allow' || listing(before).some(({ key }) => covers(key, domain));
  const meets = ({ key }: { readonly key: string }): boolean => mayMeet(key, domain) && !deniesEvery(after, key);
  const shown = before.hide.patterns.filter(meets);
  const entries = before.tools.patterns.filter((entry) => meets(entry) && !isHidden(before, entry.key));
  return [
    ...(wasListed ? [] : [{ about: domain, what: 'is no longer denied by default' }]),
    ...shown.map(({ key }) => ({ about: key, what: 'is no longer hidden' })),
    ...entries.flatMap((entry) => loosenedEntry(entry, domain, after)),
    ...(before.allTools ? lostFrom(before.allTools, governing(after, domain, domain)) : []),
  ];
}

function isHidden({ hide }: CompiledPolicy, pattern: string): boolean {
  return hide.patterns.some(({ key }) => covers(key, pattern));
}

function loosenedEntry(entry: CompiledEntry, domain: string, after: CompiledPolicy): readonly Loosening[] {
  const { key, action } = entry;
  if (deniesEach(entry)) return [{ about: key, what: 'is no longer denied' }];
  const entries = after.tools.patterns.filter((later) => covers(later.key, key) || covers(later.key, domain));
  const approval = action?.value === 'require_approval' ? lostApproval(entry, entries) : undefined;
  return [
    ...(approval === undefined ? [] : [{ about: key, what: approval }]),
    ...lostFrom(entry, governing(after, key, domain)),
  ];
}

function lostApproval(before: CompiledEntry, after: readonly CompiledEntry[]): string | undefined {
  const asking = after.filter(({ action }) => action?.value === 'require_approval');
  const losses = asking.map((entry) => loosenedApproval(askedBy(before), askedBy(entry)));
  return losses.length === 0
    ? loosenedApproval(askedBy(before), undefined)
    : losses.every(Boolean)
      ? losses[0]
      : undefined;
}

function askedBy({ approval }: CompiledEntry): AskedApproval {
  return { timeout: approval?.timeout ?? DEFAULT_APPROVAL_TIMEOUT, remember: approval?.remember ?? 'never' };
}

/** What restricts each name that fits both patterns. */
function governing({ tools, allTools }: CompiledPolicy, pattern: string, domain: string): readonly CompiledRuleset[] {
  const entries = tools.patterns.filter(({ key }) => covers(key, pattern) || covers(key, domain));
  return allTools ? [...entries, allTools] : entries;
}

function lostFrom(ruleset: CompiledRuleset, after: readonly CompiledRuleset[]): readonly Loosening[] {
  return lostRestrictions(ruleset, after).map((what) => ({ about: ownerOf(ruleset), what }));
}
