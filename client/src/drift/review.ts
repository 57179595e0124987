/** "Review Changed Tools…": shows a person how tools differ from those that were reviewed, and has the gateway pin what the person accepts. */
import * as vscode from 'vscode';
import type { ReviewedChange, ReviewTarget, ToolReview } from '../../../server/src/protocol/review.ts';
import type { App } from '../app.ts';
import { isLive, unreviewedServers } from '../gateway/state.ts';
import { explainTrust } from '../commands/gateway.ts';
import { chooseChanges, confirmsHidden, type Chosen } from './chooseChanges.ts';
import { notices } from '../views/notices.ts';

/** What a command was given; `undefined`: it was run from the palette. */
export function targetIn(given: unknown): ReviewTarget | undefined {
  const { server, tool } = (given ?? {}) as Partial<Record<keyof ReviewTarget, unknown>>;
  if (typeof server !== 'string') return undefined;
  return { server, ...(typeof tool === 'string' && { tool }) };
}

/** Nothing is accepted but what the person has checked. */
export async function reviewTools(app: App, target?: ReviewTarget): Promise<void> {
  const review = await openReview(app, target);
  if (review === undefined) return;
  if (review.changes.length === 0 && review.definition === undefined && review.twice.length === 0)
    return void tell(vscode.l10n.t('The tools of {0} are as they were reviewed.', review.server));
  const chosen = await chooseChanges(review, app.drift, target?.tool);
  if (chosen && (await confirmsHidden(chosen.changes))) await accept(app, review, chosen);
}

/** The difference of one tool, to be read at leisure. */
export async function showDifference(app: App, target: ReviewTarget): Promise<void> {
  const opened = await openChange(app, target);
  if (opened) await app.drift.show(target.server, opened.change);
}

/** One tool, from its row: the person reads the difference behind the question. */
export async function acceptTool(app: App, target: ReviewTarget): Promise<void> {
  const opened = await openChange(app, target);
  if (opened) await askAndAccept(app, opened.review, opened.change);
}

async function askAndAccept(app: App, review: ToolReview, change: ReviewedChange): Promise<void> {
  await app.drift.show(review.server, change);
  const yes = vscode.l10n.t('Accept');
  const message = vscode.l10n.t('Accept {0} of {1} as the editor shows it?', change.label, review.server);
  if ((await notices.inform(message, yes)) !== yes) return;
  if (await confirmsHidden([change])) await accept(app, review, { changes: [change], definition: false });
  await app.drift.close();
}

async function accept(app: App, review: ToolReview, { changes, definition }: Chosen): Promise<void> {
  const { problem } = await app.gateway.acceptTools({
    server: review.server,
    tools: changes.map(({ name, hash }) => ({ name, hash })),
    ...(definition && review.definition !== undefined && { definition: review.definition }),
  });
  if (problem !== undefined) throw new Error(problem);
  void tell(vscode.l10n.t('Accepted for {0}, and pinned in portcullis.lock.json.', review.server));
}

interface OpenedChange {
  readonly review: ToolReview;
  readonly change: ReviewedChange;
}

/** `undefined`: there is no difference of the tool, and the person knows why. */
async function openChange(app: App, target: ReviewTarget): Promise<OpenedChange | undefined> {
  const review = await openReview(app, target);
  if (review === undefined) return undefined;
  const change = review.changes.find(({ name }) => name === target.tool);
  if (change) return { review, change };
  const nothing = vscode.l10n.t(
    'There is no difference to show: the tool is as it was reviewed, or {0} lists it twice.',
    review.server,
  );
  return void tell(nothing);
}

/** `undefined`: there is nothing to review, and the person knows why. */
async function openReview(app: App, target: ReviewTarget | undefined): Promise<ToolReview | undefined> {
  if (!vscode.workspace.isTrusted) return void explainTrust();
  if (!isLive(app.gateway.state)) return void offerStart();
  const server = target?.server ?? (await chooseServer(app));
  if (server === undefined) return undefined;
  const answer = await app.gateway.review(server);
  if ('problem' in answer) return void notices.inform(answer.problem);
  return answer;
}

async function offerStart(): Promise<void> {
  const start = vscode.l10n.t('Start Gateway');
  const message = vscode.l10n.t('The gateway compares tools with those that were reviewed, and it is not running.');
  if ((await notices.inform(message, start)) === start) await vscode.commands.executeCommand('portcullis.startGateway');
}

/** The only one with something to review, or the only one at all, needs no question. */
async function chooseServer({ gateway }: App): Promise<string | undefined> {
  const waiting = unreviewedServers(gateway.state);
  const servers = waiting.length > 0 || !isLive(gateway.state) ? waiting : gateway.state.status.servers;
  if (servers.length <= 1) return servers[0]?.name;
  const items = servers.map(({ name }) => name);
  return await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which server?') });
}

function tell(message: string): Thenable<unknown> {
  return notices.inform(message);
}
