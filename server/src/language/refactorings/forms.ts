/**
 * One rule in another form: `"action": "deny"` as an item of `hide` and back, `rate_limit` as a calendar limit and back. Only for exact
 * names: a pattern's `hide` cannot be lifted by an exact entry, and its limit is shared where its `rate_limit` is not.
 */
import { applyChanges, isPattern, type Entry } from '../../policy/index.ts';
import { hideTool, setTool, unhideTool } from '../../policy/edits.ts';
import { removeMember } from '../../policy/changes.ts';
import { arrayAt, objectAt } from '../../policy/json/access.ts';
import { wholeEntry } from '../features/rule-edit.ts';
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
  const tools = objectAt(policy.root, 'tools');
  const removed = tools ? applyChanges(text, removeMember(tools, name)) : text;
  return [
    { title: 'Write "deny" as an item of "hide"', text: applyChanges(removed, hideTool(removed, name)), warning },
  ];
}

function fromHide(
  { text, policy }: RefactoringContext,
  name: string,
  entry: Entry | undefined,
): readonly Refactoring[] {
  const items = arrayAt(policy.root, 'hide')?.items ?? [];
  const own = items.some((item) => item.kind === 'string' && item.value === name);
  if (!own || (entry?.action !== undefined && entry.action !== 'deny')) return [];
  const shown = applyChanges(text, unhideTool(text, name));
  const { approval: _approval, ...rest } = entry ?? {};
  const denied = applyChanges(shown, setTool(shown, name, { ...rest, action: 'deny' }));
  const warning = 'The tool is still denied, but agents see it in the list.';
  return [{ title: 'Write "hide" as "action": "deny"', text: denied, warning }];
}

function toLimits({ text }: RefactoringContext, name: string, entry: Entry | undefined): readonly Refactoring[] {
  const rate = entry?.rate_limit;
  const window = Object.entries(WINDOWS).find(([, seconds]) => seconds === rate?.window)?.[0];
  if (!entry || !rate || window === undefined) return [];
  const { rate_limit: _rate, limits = [], ...rest } = entry;
  const limit = {
    counter: `${name.toLowerCase()}_rate`,
    window: window as keyof typeof WINDOWS,
    max: rate.max,
    scope: rate.scope ?? 'session',
    ...(rate.on_deny !== undefined && { on_deny: rate.on_deny }),
  };
  const warning = `Counted by the calendar ${window} in UTC from then on: around its end up to twice as many calls can pass in ${rate.window} seconds.`;
  const written = applyChanges(text, setTool(text, name, { ...rest, limits: [limit, ...limits] }));
  return [{ title: 'Write "rate_limit" as a limit', text: written, warning }];
}

function toRateLimit({ text }: RefactoringContext, name: string, entry: Entry | undefined): readonly Refactoring[] {
  const [limit, ...others] = entry?.limits ?? [];
  if (!entry || !limit || others.length > 0 || entry.rate_limit || limit.increment_from !== undefined) return [];
  if (limit.window === 'month' || limit.scope === 'server') return [];
  const { limits: _limits, ...rest } = entry;
  const rate = {
    max: limit.max,
    window: WINDOWS[limit.window],
    scope: limit.scope ?? 'grant',
    ...(limit.on_deny !== undefined && { on_deny: limit.on_deny }),
  } as const;
  const written = applyChanges(text, setTool(text, name, { ...rest, rate_limit: rate }));
  const warning = `Counted over any ${rate.window} seconds from then on, which is stricter than the calendar ${limit.window}. The counter begins anew.`;
  return [{ title: 'Write the limit as "rate_limit"', text: written, warning }];
}
