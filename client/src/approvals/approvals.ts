/** The calls that wait for a person, kept up to date, and the notice of them: only where the person is not looking at them already. */
import * as vscode from 'vscode';
import type { Choice, DecideAnswer, PendingCall } from '../../../server/src/protocol/approval.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { ApprovalDocuments } from './document.ts';
import { notices } from '../views/notices.ts';

export class Approvals implements vscode.Disposable {
  readonly documents = new ApprovalDocuments();
  readonly #gateway: Gateway;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #following: vscode.Disposable;
  #calls: readonly PendingCall[] = [];
  /** Whether the person sees what waits at this moment. */
  isLookedAt: () => boolean = () => false;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
    this.#following = gateway.onDidChangeApprovals((calls) => this.#update(calls));
  }

  /** Oldest first. */
  get calls(): readonly PendingCall[] {
    return this.#calls;
  }

  isWaiting({ id }: PendingCall): boolean {
    return this.#calls.some((call) => call.id === id);
  }

  async decide({ id }: PendingCall, choice: Choice, message?: string): Promise<DecideAnswer> {
    return await this.#gateway.decide({ id, choice, ...(message === undefined ? {} : { message }) });
  }

  dispose(): void {
    this.#following.dispose();
    this.documents.dispose();
  }

  #update(calls: readonly PendingCall[]): void {
    const fresh = calls.filter((call) => !this.isWaiting(call));
    const gone = this.#calls.filter(({ id }) => calls.every((call) => call.id !== id));
    this.#calls = calls;
    this.#changed.fire();
    for (const call of gone) void this.documents.close(call);
    const [first] = fresh;
    if (first && !(vscode.window.state.focused && this.isLookedAt())) void this.#notify(first);
  }

  async #notify(call: PendingCall): Promise<void> {
    const review = vscode.l10n.t('Review…');
    const who = call.client === '' ? call.grant : call.client;
    const message = vscode.l10n.t('{0} waits for your approval to call {1} of {2}.', who, call.tool, call.server);
    if ((await notices.warn(message, review)) !== review) return;
    await vscode.commands.executeCommand('portcullis.reviewApproval', call.id);
  }
}
