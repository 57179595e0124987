/** The words of the builder's page in the user's language: a page cannot reach `vscode.l10n`. */
import { l10n } from 'vscode';
import { formStrings } from './formStrings.ts';
import type { PageStrings } from './messages.ts';

export const pageStrings = (): PageStrings => ({
  ...toolStrings(),
  ...filterStrings(),
  ...selectionStrings(),
  table: l10n.t('Tools, the most dangerous first'),
  noTools: l10n.t('No tool is known yet. They appear when the MCP server has listed them.'),
  otherTools: l10n.t('Tools that no entry lists'),
  defaults: { allow: l10n.t('are allowed'), deny: l10n.t('are denied') },
  everyTool: l10n.t('Every tool'),
  editEveryTool: l10n.t('Rules for Every Tool'),
  unsaved: l10n.t('Changes take effect when the policy is saved.'),
  differences: l10n.t('Show Changes'),
  openText: l10n.t('Open as Text'),
  form: formStrings(),
});

type ToolStrings = 'columns' | 'states' | 'stateMeanings' | 'standings' | 'risks';

function toolStrings(): Pick<PageStrings, ToolStrings> {
  return {
    columns: {
      selected: l10n.t('Selected'),
      tool: l10n.t('Tool'),
      risk: l10n.t('Risk'),
      state: l10n.t('State'),
      decision: l10n.t('Decision'),
    },
    states: {
      allow: l10n.t('Allow'),
      deny: l10n.t('Deny'),
      hide: l10n.t('Hide'),
      approve: l10n.t('Approve'),
      custom: l10n.t('Custom'),
    },
    stateMeanings: {
      allow: l10n.t('Agents may call the tool (A)'),
      deny: l10n.t('Agents see the tool, and every call is denied (D)'),
      hide: l10n.t('Agents do not see the tool, and every call is denied (H)'),
      approve: l10n.t('A person approves each call (P)'),
      custom: l10n.t('The tool has conditions or limits of its own; opens its rules (Enter)'),
    },
    standings: {
      hidden: l10n.t('Hidden'),
      unsafe: l10n.t('Cannot be called'),
      denied: l10n.t('Denied'),
      allowed: l10n.t('Allowed'),
      conditional: l10n.t('Allowed under conditions'),
      approval: l10n.t('Needs approval'),
    },
    risks: {
      critical: l10n.t('Critical'),
      high: l10n.t('High'),
      medium: l10n.t('Medium'),
      low: l10n.t('Low'),
      none: l10n.t('Not listed by the server'),
    },
  };
}

type FilterStrings =
  | 'filterPlaceholder'
  | 'anyRisk'
  | 'anyState'
  | 'riskFilter'
  | 'stateFilter'
  | 'clearFilter'
  | 'nothingMatches'
  | 'count';

const filterStrings = (): Pick<PageStrings, FilterStrings> => ({
  filterPlaceholder: l10n.t('Filter by name, description or rule'),
  anyRisk: l10n.t('Any risk'),
  anyState: l10n.t('Any state'),
  riskFilter: l10n.t('Risk of the tools to show'),
  stateFilter: l10n.t('State of the tools to show'),
  clearFilter: l10n.t('Clear Filter'),
  nothingMatches: l10n.t('No tool matches the filter.'),
  count: l10n.t('{0} of {1} tools', '{0}', '{1}'),
});

type SelectionStrings = 'selected' | 'selectedUnseen' | 'selectAll' | 'clearSelection' | 'changeSelected' | 'keys';

const selectionStrings = (): Pick<PageStrings, SelectionStrings> => ({
  selected: l10n.t('{0} selected', '{0}'),
  selectedUnseen: l10n.t('{0} selected, {1} of them not shown', '{0}', '{1}'),
  selectAll: l10n.t('Select All Shown'),
  clearSelection: l10n.t('Clear Selection'),
  changeSelected: l10n.t('Change the selected tools'),
  keys: l10n.t('Space selects. A allows, D denies, H hides, P asks for approval, Enter opens the rules, T the text.'),
});
