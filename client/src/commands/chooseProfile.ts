/** The choice between the policies that fit a server: moving through it shows each one behind, accepting takes it. */
import * as vscode from 'vscode';
import type { PolicyOffer } from '../../../server/src/protocol/language.ts';
import { PolicyPreview } from '../views/preview.ts';

interface Item extends vscode.QuickPickItem {
  readonly offer: PolicyOffer;
}

export interface Choice {
  readonly server: string;
  readonly tools: number;
  readonly offers: readonly PolicyOffer[];
  /** The policy that is there; absent when a new one is to be made. */
  readonly present?: vscode.Uri;
  /** The name of the file that is to be made or changed. */
  readonly file: string;
}

/** `undefined`: the person wants none. */
export async function chooseProfile(choice: Choice): Promise<PolicyOffer | undefined> {
  const preview = new PolicyPreview(choice.server, choice.present);
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = titleOf(choice);
  pick.placeholder = vscode.l10n.t('Enter accepts what the editor behind shows. Escape changes nothing.');
  pick.items = choice.offers.map((offer) => itemFor(offer, choice));
  // The preview is there to be read, scrolled and hovered over.
  pick.ignoreFocusOut = true;
  try {
    return await accepted(pick, (offer) => void preview.show(offer.text));
  } finally {
    pick.dispose();
    await preview.close();
  }
}

async function accepted(
  pick: vscode.QuickPick<Item>,
  show: (offer: PolicyOffer) => void,
): Promise<PolicyOffer | undefined> {
  return await new Promise((resolve) => {
    pick.onDidChangeActive(([active]) => active && show(active.offer));
    pick.onDidAccept(() => resolve(pick.activeItems[0]?.offer));
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
}

function titleOf({ server, tools, present, file }: Choice): string {
  return present === undefined
    ? vscode.l10n.t('Create {0} for the {1} tools of {2}', file, tools, server)
    : vscode.l10n.t('Bring {0} up to date with the {1} tools of {2}', file, tools, server);
}

function itemFor(offer: PolicyOffer, { present }: Choice): Item {
  const counts = present === undefined ? countsInWords(offer) : changesInWords(offer);
  return { label: profileName(offer.profile), description: counts, detail: profileMeaning(offer.profile), offer };
}

function profileName(profile: PolicyOffer['profile']): string {
  switch (profile) {
    case 'recommended':
      return vscode.l10n.t('Recommended');
    case 'read-only':
      return vscode.l10n.t('Read Only');
    case 'deny-all':
      return vscode.l10n.t('Deny All');
  }
}

function profileMeaning(profile: PolicyOffer['profile']): string {
  switch (profile) {
    case 'recommended':
      return vscode.l10n.t('Reads allowed, writes and runs limited, money held for approval, destruction hidden.');
    case 'read-only':
      return vscode.l10n.t('Reads allowed, all else hidden.');
    case 'deny-all':
      return vscode.l10n.t('Every tool is denied until its entry says otherwise.');
  }
}

function countsInWords({ counts }: PolicyOffer): string {
  const parts = [
    counts.allowed > 0 && vscode.l10n.t('{0} allowed', counts.allowed),
    counts.limited > 0 && vscode.l10n.t('{0} limited', counts.limited),
    counts.approval > 0 && vscode.l10n.t('{0} held for approval', counts.approval),
    counts.hidden > 0 && vscode.l10n.t('{0} hidden', counts.hidden),
    counts.denied > 0 && vscode.l10n.t('{0} denied', counts.denied),
  ];
  return parts.filter((part) => part !== false).join(', ');
}

function changesInWords(offer: PolicyOffer): string {
  const added = Object.values(offer.counts).reduce((sum, count) => sum + count, 0);
  const parts = [
    added > 0 && vscode.l10n.t('{0} new ({1})', added, countsInWords(offer)),
    offer.removed > 0 && vscode.l10n.t('{0} gone', offer.removed),
  ];
  const said = parts.filter((part) => part !== false).join(', ');
  return said === '' ? vscode.l10n.t('nothing would change') : said;
}
