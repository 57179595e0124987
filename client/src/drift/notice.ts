/** Tells, once for each change, that a server lists tools which nobody has reviewed as they are now. */
import * as vscode from 'vscode';
import type { UnreviewedStatus } from '../../../server/src/protocol/control.ts';
import type { ReviewTarget } from '../../../server/src/protocol/review.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { unreviewedServers } from '../gateway/state.ts';
import { isNews, unreviewedCount } from './unreviewed.ts';
import { notices } from '../views/notices.ts';

export function noticeUnreviewed(gateway: Gateway): vscode.Disposable {
  let told = new Map<string, UnreviewedStatus>();
  return gateway.onDidChangeState((state) => {
    const waiting = unreviewedServers(state).flatMap(({ name, unreviewed }) =>
      unreviewed ? [[name, unreviewed] as const] : [],
    );
    for (const [name, unreviewed] of waiting) if (isNews(told.get(name), unreviewed)) void notify(name, unreviewed);
    told = new Map(waiting);
  });
}

async function notify(server: string, unreviewed: UnreviewedStatus): Promise<void> {
  const review = vscode.l10n.t('Review…');
  const message = unreviewed.isMoved
    ? vscode.l10n.t('The server {0} is started or reached in another way than when it was reviewed.', server)
    : vscode.l10n.t(
        'Nobody has reviewed {0} of the tools of {1} as they are now.',
        unreviewedCount(unreviewed),
        server,
      );
  const target: ReviewTarget = { server };
  if ((await notices.warn(message, review)) === review)
    await vscode.commands.executeCommand('portcullis.reviewTools', target);
}
