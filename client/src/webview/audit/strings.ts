/** The words of the audit page in the user's language: a page cannot reach `vscode.l10n`. */
import { l10n } from 'vscode';
import type { PageStrings } from './messages.ts';

export const pageStrings = (): PageStrings => ({
  columns: {
    time: l10n.t('Time'),
    client: l10n.t('Client'),
    tool: l10n.t('Tool'),
    decision: l10n.t('Decision'),
    rule: l10n.t('Rule'),
    latency: l10n.t('Latency'),
    message: l10n.t('Message'),
  },
  decisions: {
    allow: l10n.t('Allowed'),
    deny: l10n.t('Denied'),
    pending: l10n.t('Waiting'),
    wouldDeny: l10n.t('Would deny'),
  },
  risks: riskStrings(),
  all: l10n.t('All'),
  ...approvalStrings(),
  denied: l10n.t('Denied'),
  filterPlaceholder: l10n.t('Filter by tool, client, rule or message'),
  clearFilter: l10n.t('Clear Filter'),
  table: l10n.t('Calls that the gateway decided, newest first'),
  filterGroup: l10n.t('Which calls to show'),
  nothingMatches: l10n.t('No call matches the filter.'),
  count: l10n.t('{0} of {1} calls', '{0}', '{1}'),
  newCalls: l10n.t('{0} new', '{0}'),
  announcement: l10n.t('{0} new calls, {1} denied', '{0}', '{1}'),
  latency: l10n.t('{0} ms', '{0}'),
  ...viewStrings(),
  details: detailsStrings(),
});

export const riskStrings = (): PageStrings['risks'] => ({
  low: l10n.t('low risk'),
  medium: l10n.t('medium risk'),
  high: l10n.t('high risk'),
  critical: l10n.t('critical risk'),
});

function detailsStrings(): PageStrings['details'] {
  return {
    title: l10n.t('Call'),
    actions: {
      rule: l10n.t('Go to Rule'),
      allow: l10n.t('Allow This Tool'),
      limit: l10n.t('Add a Limit'),
      testCase: l10n.t('Copy as Test Case'),
    },
    onlyTool: l10n.t('Only This Tool'),
    onlyClient: l10n.t('Only This Client'),
  };
}

function viewStrings(): Pick<
  PageStrings,
  | 'limits'
  | 'close'
  | 'loadOlder'
  | 'follow'
  | 'followHint'
  | 'groupByTool'
  | 'groupCount'
  | 'spanLabel'
  | 'spans'
  | 'chart'
> {
  return {
    limits: {
      title: l10n.t('Limits'),
      none: l10n.t('Nothing is counted at the moment.'),
    },
    close: l10n.t('Close'),
    loadOlder: l10n.t('Load Older'),
    follow: l10n.t('Follow'),
    followHint: l10n.t('Keep the newest calls in sight'),
    groupByTool: l10n.t('Group by Tool'),
    groupCount: l10n.t('calls: {0}, denied: {1}', '{0}', '{1}'),
    spanLabel: l10n.t('Time'),
    spans: {
      all: l10n.t('All times'),
      '15m': l10n.t('Last 15 minutes'),
      '1h': l10n.t('Last hour'),
      '24h': l10n.t('Last 24 hours'),
      '7d': l10n.t('Last 7 days'),
    },
    chart: {
      sum: l10n.t('Calls: {0}, denied: {1}', '{0}', '{1}'),
      label: l10n.t('Calls: {0}, denied: {1}, from {2} to {3}', '{0}', '{1}', '{2}', '{3}'),
      bar: l10n.t('{0} to {1}, calls: {2}, denied: {3}', '{0}', '{1}', '{2}', '{3}'),
    },
  };
}

function approvalStrings(): Pick<PageStrings, 'answers' | 'waiting' | 'review' | 'deny' | 'left' | 'newWaiting'> {
  return {
    answers: {
      approved: l10n.t('Approved'),
      refused: l10n.t('Refused'),
      expired: l10n.t('Not answered'),
    },
    waiting: l10n.t('Calls that wait for your approval'),
    review: l10n.t('Review…'),
    deny: l10n.t('Deny'),
    left: l10n.t('{0} left', '{0}'),
    newWaiting: l10n.t('A call waits for your approval'),
  };
}
