/**
 * One rule in another form: `"action": "deny"` as an item of `hide` and back, `rate_limit` as a calendar limit and back. Only for exact
 * names: a pattern's `hide` cannot be lifted by an exact entry, and its limit is shared where its `rate_limit` is not.
 */
import { editPolicy, isPattern, type Entry, type EntryEdit, type Limit, type RateLimit } from '../../policy/index.ts';
import { arrayAt } from '../../policy/json/access.ts';
import { wholeEntry, withAction } from '../features/rule-edit.ts';
import type { Refactoring, RefactoringContext } from './refactoring.ts';

const WINDOWS = { minute: 60, hour: 3_600, day: 86_400, week: 604_800 } as const;

export function formRefactorings(context: RefactoringContext): readonly Refactoring[] {
  const { policy, name } = context;
  if (name === undefined || isPattern(name)) return [];
  const entry = wholeEntry(policy, name);
  return [
    ...toHide(context, name, entry),
    ...fromHide(context, name, entry),
    ...toLimits(context, name, entry),
    ...toRateLimit(context, name, entry),
  ];
}

function toHide({ text, policy }: RefactoringContext, name: string, entry: Entry | undefined): readonly Refactoring[] {
  if (entry?.action !== 'deny') return [];
  const warning = 'The tool is still denied, and agents no longer see it. Its entry goes, with all that it says.';
  const edit = { hide: { add: [name] }, entries: new Map([[name, 'remove' as const]]) };
  return [{ title: 'Write "deny" as an item of "hide"', changes: editPolicy(text, policy.root, edit), warning }];
}

function fromHide(
  { text, policy }: RefactoringContext,
  name: string,
  entry: Entry | undefined,
): readonly Refactoring[] {
  const items = arrayAt(policy.root, 'hide')?.items ?? [];
  const own = items.some((item) => item.kind === 'string' && item.value === name);
  if (!own || (entry?.action !== undefined && entry.action !== 'deny')) return [];
  const edit = { hide: { remove: [name] }, entries: new Map([[name, withAction('deny')]]) };
  const warning = 'The tool is still denied, but agents see it in the list.';
  return [{ title: 'Write "hide" as "action": "deny"', changes: editPolicy(text, policy.root, edit), warning }];
}

/** The two forms are counted apart, so going from one to the other forgets what was counted. */
const BEGINS_ANEW = 'The count begins anew: calls made before the change are not in it.';

function toLimits(context: RefactoringContext, name: string, entry: Entry | undefined): readonly Refactoring[] {
  const rate = entry?.rate_limit;
  const window = Object.entries(WINDOWS).find(([, seconds]) => seconds === rate?.window)?.[0];
  if (!entry || !rate || window === undefined) return [];
  const limit: Limit = {
    counter: `${name.toLowerCase()}_rate`,
    window: window as keyof typeof WINDOWS,
    max: rate.max,
    scope: rate.scope ?? 'session',
    ...(rate.on_deny !== undefined && { on_deny: rate.on_deny }),
  };
  const warning = `Counted by the calendar ${window} in UTC from then on: around its end up to twice as many calls can pass in ${rate.window} seconds. ${BEGINS_ANEW}`;
  const edit = { rate_limit: undefined, limits: [...(entry.limits ?? []), limit] };
  return [{ title: 'Write "rate_limit" as a limit', changes: rewritten(context, name, edit), warning }];
}

function toRateLimit(context: RefactoringContext, name: string, entry: Entry | undefined): readonly Refactoring[] {
  const [limit, ...others] = entry?.limits ?? [];
  if (!entry || !limit || others.length > 0 || entry.rate_limit || limit.increment_from !== undefined) return [];
  if (limit.window === 'month' || limit.scope === 'server') return [];
  const rate: RateLimit = {
    max: limit.max,
    window: WINDOWS[limit.window],
    scope: limit.scope ?? 'grant',
    ...(limit.on_deny !== undefined && { on_deny: limit.on_deny }),
  };
  const warning = `Counted over any ${rate.window} seconds from then on, not by the calendar ${limit.window}: no more calls can pass in one, however they lie. ${BEGINS_ANEW}`;
  const edit = { limits: undefined, rate_limit: rate };
  return [{ title: 'Write the limit as "rate_limit"', changes: rewritten(context, name, edit), warning }];
}

function rewritten({ text, policy }: RefactoringContext, name: string, edit: EntryEdit): Refactoring['changes'] {
  return editPolicy(text, policy.root, { entries: new Map([[name, edit]]) });
}
