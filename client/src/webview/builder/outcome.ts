/** What came of a change, in words. */
import { l10n } from 'vscode';
import type { PolicyChange, PolicyChangeResult } from '../../../../server/src/protocol/policyTools.ts';

/** Empty when there is nothing to say that the table does not show. */
export function outcomeText(change: PolicyChange, result: PolicyChangeResult): string {
  if (result === null) return l10n.t('Nothing was changed: the text would be no valid policy.');
  if (change.kind !== 'state') return result.problem ?? '';
  const { changed, conditional, kept } = result;
  return [
    changed === 1 ? l10n.t('1 tool changed.') : l10n.t('{0} tools changed.', changed),
    ...(conditional > 0 ? [conditionalText(conditional)] : []),
    ...(kept.length > 0 ? [keptText(kept)] : []),
  ].join(' ');
}

const conditionalText = (count: number): string =>
  count === 1
    ? l10n.t('1 keeps its conditions and limits; the text is where to remove them.')
    : l10n.t('{0} keep their conditions and limits; the text is where to remove them.', count);

function keptText(kept: NonNullable<PolicyChangeResult>['kept']): string {
  const [first] = kept;
  const because = `${first?.label ?? ''}: ${first?.sentence ?? ''}`;
  return kept.length === 1
    ? l10n.t('1 stays as it is, because a pattern or "all_tools" decides it. {0}', because)
    : l10n.t('{0} stay as they are, because a pattern or "all_tools" decides them. {1}', kept.length, because);
}
