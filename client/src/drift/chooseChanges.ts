/** The list of a server's changes: moving through it shows each one behind; what is checked when it is accepted is what the person accepts. */
import * as vscode from 'vscode';
import type { ReviewedChange, ToolReview } from '../../../server/src/protocol/review.ts';
import type { DriftDocuments } from './documents.ts';
import { hiddenInWords, itemOf, plain, type ChangeItem } from './words.ts';
import { notices } from '../views/notices.ts';

/** What a person accepts of a review. */
export interface Chosen {
  readonly changes: readonly ReviewedChange[];
  readonly definition: boolean;
}

type Item = vscode.QuickPickItem | ChangeItem;

/** Lines of an editor that the list lies over: those of its head, and one for each of its rows, as far as it grows. */
const HEAD_LINES = 5;
const MOST_ROWS = 14;

/** Nothing is checked beforehand. `first`: the tool that the person asked about. `undefined`: nothing is accepted. */
export async function chooseChanges(
  review: ToolReview,
  documents: DriftDocuments,
  first?: string,
): Promise<Chosen | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  const items = itemsOf(review);
  const covered = HEAD_LINES + Math.min(items.length, MOST_ROWS);
  pick.title = vscode.l10n.t('Changed Tools of {0}', plain(review.server));
  pick.placeholder = vscode.l10n.t('Check what may be used. Escape accepts nothing.');
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  // The difference is there to be read and scrolled.
  pick.ignoreFocusOut = true;
  pick.items = items;
  const start = items.find((item) => first !== undefined && changeOf(item)?.name === first) ?? items[0];
  pick.activeItems = start ? [start] : [];
  try {
    return await accepted(pick, (change) => void documents.show(review.server, change, covered));
  } finally {
    pick.dispose();
    await documents.close();
  }
}

async function accepted(
  pick: vscode.QuickPick<Item>,
  show: (change: ReviewedChange) => void,
): Promise<Chosen | undefined> {
  return await new Promise((resolve) => {
    pick.onDidChangeActive(([active]) => {
      const change = active && changeOf(active);
      if (change) show(change);
    });
    pick.onDidAccept(() => resolve(chosenOf(pick.selectedItems)));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
}

function chosenOf(items: readonly Item[]): Chosen | undefined {
  if (items.length === 0) return undefined;
  const changes = items.flatMap((item) => changeOf(item) ?? []);
  return { changes, definition: changes.length < items.length };
}

function itemsOf({ definition, changes, twice }: ToolReview): readonly Item[] {
  const moved: Item = {
    label: `$(plug) ${vscode.l10n.t('How the server is started or reached')}`,
    description: vscode.l10n.t('another command, folder or address than when it was reviewed'),
    alwaysShow: true,
  };
  const notPinned: Item = {
    kind: vscode.QuickPickItemKind.Separator,
    label: vscode.l10n.t('Listed twice, so nobody can accept them: {0}', twice.join(', ')),
  };
  return [
    ...(definition === undefined ? [] : [moved]),
    ...changes.map(itemOf),
    ...(twice.length > 0 ? [notPinned] : []),
  ];
}

function changeOf(item: Item): ReviewedChange | undefined {
  return 'change' in item ? item.change : undefined;
}

/** A person who accepts what holds hidden characters says so once more. */
export async function confirmsHidden(changes: readonly ReviewedChange[]): Promise<boolean> {
  const suspicious = changes.filter(({ hidden }) => hidden.length > 0);
  if (suspicious.length === 0) return true;
  const accept = vscode.l10n.t('Accept Nevertheless');
  const message = vscode.l10n.t('Accept tools whose definitions hold characters that a person cannot see?');
  const detail = suspicious.map((change) => `${change.label}: ${hiddenInWords(change)}`).join('\n');
  return (await notices.warn(message, { modal: true, detail }, accept)) === accept;
}
