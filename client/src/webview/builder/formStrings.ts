/** The words of the builder's forms in the user's language. */
import { l10n } from 'vscode';
import type { FormStrings } from './messages.ts';

export const formStrings = (): FormStrings => ({
  ...paneStrings(),
  ...ruleStrings(),
  fields: fieldStrings(),
  hints: hintStrings(),
});

const paneStrings = (): Omit<FormStrings, 'fields' | 'hints' | keyof ReturnType<typeof ruleStrings>> => ({
  allTools: l10n.t('Every Tool'),
  editInText: l10n.t('Edit in the Text'),
  close: l10n.t('Close'),
  notWritten: l10n.t('The policy has no rules of its own for this yet. The first change writes them.'),
  forMany: l10n.t('These rules add to those of each tool that they are for.'),
  notStated: l10n.t('(not stated)'),
  onePerLine: l10n.t('One value a line'),
  others: l10n.t('Rules from elsewhere'),
});

const ruleStrings = (): Pick<
  FormStrings,
  'moveUp' | 'moveDown' | 'remove' | 'part' | 'addPart' | 'lists' | 'adds'
> => ({
  moveUp: l10n.t('Move Up'),
  moveDown: l10n.t('Move Down'),
  remove: l10n.t('Remove'),
  part: l10n.t('Condition {0} of the group: all must hold', '{0}'),
  addPart: l10n.t('Add to the Group'),
  lists: {
    deny_if: l10n.t('Denied when'),
    require: l10n.t('Allowed only when'),
    rate_limit: l10n.t('Rate limit'),
    limits: l10n.t('Quotas'),
  },
  adds: {
    deny_if: l10n.t('Add a Denial'),
    require: l10n.t('Add a Requirement'),
    rate_limit: l10n.t('Add a Rate Limit'),
    limits: l10n.t('Add a Quota'),
  },
});

const fieldStrings = (): FormStrings['fields'] => ({
  action: l10n.t('Action'),
  reason: l10n.t('Reason told to the agent'),
  timeout: l10n.t('Seconds to answer'),
  message: l10n.t('Message to the approver'),
  remember: l10n.t('Remember approvals'),
  path: l10n.t('Argument'),
  op: l10n.t('Comparison'),
  type: l10n.t('Type of the value'),
  value: l10n.t('Value'),
  on_deny: l10n.t('Told to the agent'),
  id: l10n.t('Name in the log'),
  max: l10n.t('At most'),
  window: l10n.t('In each'),
  seconds: l10n.t('In seconds'),
  scope: l10n.t('Counted for each'),
  counter: l10n.t('Counter'),
  increment_from: l10n.t('Sum of the argument'),
});

const hintStrings = (): FormStrings['hints'] => ({
  action: l10n.t('Denies every call, has a person asked first, or lets calls pass that keep the other rules'),
  reason: l10n.t('Told to the agent and logged when this entry denies a call and the rule has no text of its own'),
  timeout: l10n.t('An unanswered question counts as refused then'),
  message: l10n.t('Shown to the person who is asked'),
  remember: l10n.t('Whether an approval also covers the same call with identical arguments in the same session'),
  path: l10n.t('What of the call is looked at'),
  op: l10n.t('How the argument is compared with the value'),
  type: l10n.t('What the value is written as'),
  value: l10n.t('What the argument is compared with'),
  on_deny: l10n.t('Told to the agent when this rule denies a call'),
  id: l10n.t('Stands in the log for the rule, in place of where it is written'),
  max: l10n.t('The most that is let through, or that the counter may reach'),
  window: l10n.t('When the count starts anew, by the UTC calendar; weeks begin on Monday'),
  seconds: l10n.t('Length of the sliding window, at most 31 days'),
  scope: l10n.t('Whose calls count together'),
  counter: l10n.t('Shown in the log; another name starts a new count'),
  increment_from: l10n.t('What is added for each call; without it each call counts 1'),
});
