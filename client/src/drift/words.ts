/** What is said of a changed tool in lists. Texts from servers come escaped; here they lose their power to draw icons. */
import * as vscode from 'vscode';
import type { ReviewedChange } from '../../../server/src/protocol/review.ts';
import type { UnreviewedStatus } from '../../../server/src/protocol/control.ts';
import { unreviewedKind } from './unreviewed.ts';

const ICONS: Readonly<Record<ReviewedChange['kind'], string>> = {
  new: 'diff-added',
  changed: 'diff-modified',
  renamed: 'diff-renamed',
  gone: 'diff-removed',
};

export interface ChangeItem extends vscode.QuickPickItem {
  readonly change: ReviewedChange;
}

export function itemOf(change: ReviewedChange): ChangeItem {
  const { kind, label, hidden } = change;
  return {
    change,
    label: `$(${ICONS[kind]}) ${plain(label)}`,
    description: plain(inWords(change)),
    ...(hidden.length > 0 && { detail: `$(warning) ${plain(hiddenInWords(change))}` }),
  };
}

export function hiddenInWords({ hidden }: ReviewedChange): string {
  return vscode.l10n.t('It holds hidden characters: {0}', hidden.join(' '));
}

function inWords({ kind, former, fields }: ReviewedChange): string {
  switch (kind) {
    case 'new':
      return vscode.l10n.t('new');
    case 'changed':
      return vscode.l10n.t('changed: {0}', fields.join(', '));
    case 'renamed':
      return vscode.l10n.t('renamed from {0}', former ?? '');
    case 'gone':
      return vscode.l10n.t('gone');
  }
}

/** `$(name)` in an item's texts would be drawn as an icon. */
export function plain(text: string): string {
  return text.replaceAll('$(', '\\$(');
}

/** Why a tool waits for a review; `undefined`: it does not. */
export function unreviewedInWords(unreviewed: UnreviewedStatus | undefined, tool: string): string | undefined {
  switch (unreviewedKind(unreviewed, tool)) {
    case 'new':
      return vscode.l10n.t('unreviewed: new');
    case 'changed':
      return vscode.l10n.t('unreviewed: changed');
    case 'renamed':
      return vscode.l10n.t('unreviewed: renamed');
    case undefined:
      return undefined;
  }
}
