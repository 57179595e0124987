/** Whether values of arguments are kept: asked once where a policy is only observed, changed by a command. The gateway keeps the answer. */
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { isLive, type GatewayState } from '../gateway/state.ts';
import { notices } from '../views/notices.ts';

/** Whoever sees no notice, or closes it, has not agreed: that is an answer too, and nobody is asked again. */
export function offerValues(gateway: Gateway, log: vscode.LogOutputChannel): vscode.Disposable {
  let isAsking = false;
  return gateway.onDidChangeState((state) => {
    if (isAsking || !isToBeAsked(state)) return;
    isAsking = true;
    void offer(gateway)
      .catch((error: unknown) => log.error('Keeping values', error))
      .finally(() => (isAsking = false));
  });
}

function isToBeAsked(state: GatewayState): boolean {
  if (!isLive(state) || state.status.values !== 'not asked') return false;
  return state.status.servers.some(({ policy }) => policy.isObserved === true);
}

const keep = (): string => vscode.l10n.t('Keep for 7 Days');
const dontKeep = (): string => vscode.l10n.t("Don't Keep");

const explained = (): string =>
  vscode.l10n.t(
    'Only values at the argument paths that a policy looks at, sealed, on this machine. Secrets and what "redact" matches are left out.',
  );

async function offer(gateway: Gateway): Promise<void> {
  const message = vscode.l10n.t(
    'In observe mode, shall Portcullis keep values of arguments, so that an edited policy can be tried on these calls exactly?',
  );
  const notice = [message, explained()].join(' ');
  const answer = await notices.inform(notice, keep(), dontKeep());
  if (isLive(gateway.state)) await tell(gateway, answer === keep());
}

export async function keepValues({ gateway }: App): Promise<void> {
  if (!isLive(gateway.state)) {
    return void notices.inform(vscode.l10n.t('Start the gateway first: it keeps the values.'));
  }
  const message =
    gateway.state.status.values === 'kept'
      ? vscode.l10n.t('Values of arguments are kept for 7 days.')
      : vscode.l10n.t('Values of arguments are not kept.');
  const detail = `${explained()} ${vscode.l10n.t('Whatever is kept goes at once when you do not want it any more.')}`;
  const answer = await notices.inform(message, { modal: true, detail }, keep(), dontKeep());
  if (answer !== undefined) await tell(gateway, answer === keep());
}

async function tell(gateway: Gateway, isWanted: boolean): Promise<void> {
  const { problem } = await gateway.keepValues({ keep: isWanted });
  if (problem !== undefined) throw new Error(problem);
}
