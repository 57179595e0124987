/** The words of the builder's forms in the user's language. */
import { l10n } from 'vscode';
import type { FormStrings } from './messages.ts';

export const formStrings = (): FormStrings => ({
  ...paneStrings(),
  ...ruleStrings(),
  fields: fieldStrings(),
});

const paneStrings = (): Omit<FormStrings, 'fields' | keyof ReturnType<typeof ruleStrings>> => ({
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
