/**
 * The audit view of the panel: keeps the rows, feeds the page while it is shown, badges what nobody has seen.
 * The page holds nothing that is not sent to it again when it comes back.
 */
import * as vscode from 'vscode';
import type { PendingCall } from '../../../../server/src/protocol/approval.ts';
import type { AuditRecord } from '../../../../server/src/protocol/audit.ts';
import type { Approvals } from '../../approvals/approvals.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Missing } from '../../setup/missing.ts';
import { pageHtml } from '../html.ts';
import { wordsLanguage } from '../language.ts';
import { detailsOf } from './details.ts';
import { PageFeed } from './feed.ts';
import type { CallAction, FromPage, LimitLine, PageAction, ToPage, WaitingCall } from './messages.ts';
import { AuditModel, type Call } from './model.ts';
import { pageState } from './page.ts';
import { pageStrings } from './strings.ts';

export const AUDIT_VIEW = 'portcullis.audit';

type FilterWish = Extract<ToPage, { type: 'filter' }>['filter'];

/** What a person wants to be done about a call. */
export interface CallWish {
  readonly action: CallAction;
  readonly call: Call;
}

export class AuditView implements vscode.WebviewViewProvider {
  readonly model = new AuditModel();
  readonly #extensionUri: vscode.Uri;
  readonly #gateway: Gateway;
  readonly #approvals: Approvals;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Rows or counts changed. */
  readonly onDidChange = this.#changed.event;
  readonly #wished = new vscode.EventEmitter<CallWish>();
  readonly onDidWish = this.#wished.event;
  readonly #limits = new vscode.EventEmitter<boolean>();
  /** Whether the use of limits is looked at. */
  readonly onDidLookAtLimits = this.#limits.event;
  readonly #limitOpened = new vscode.EventEmitter<Pick<LimitLine, 'policy' | 'rule'>>();
  readonly onDidOpenLimit = this.#limitOpened.event;
  readonly #feed = new PageFeed(
    this.model,
    (message) => this.#send(message),
    () => this.#refresh(),
  );
  #view: vscode.WebviewView | undefined;
  #hasLoadedAll = false;
  #missing: Missing | undefined;
  /** A filter that was chosen while no page was there to take it. */
  #pendingFilter: FilterWish | undefined;

  constructor(extensionUri: vscode.Uri, gateway: Gateway, approvals: Approvals) {
    this.#extensionUri = extensionUri;
    this.#gateway = gateway;
    this.#approvals = approvals;
    approvals.isLookedAt = () => this.isVisible;
    approvals.onDidChange(() => this.#refresh());
    gateway.onDidRecord((record) => this.#add(record));
    gateway.onDidChangeState((state) => {
      if (state.kind === 'starting') this.model.resetCounts();
      this.#refresh();
    });
    vscode.workspace.onDidGrantWorkspaceTrust(() => this.#refresh());
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist', 'webview');
    view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    view.webview.onDidReceiveMessage((message: FromPage) => this.#receive(message));
    view.onDidChangeVisibility(() => this.#changeVisibility(view.visible));
    view.onDidDispose(() => {
      this.#view = undefined;
      this.#changeVisibility(false);
    });
    const files = { script: vscode.Uri.joinPath(dist, 'audit.js'), style: vscode.Uri.joinPath(dist, 'audit.css') };
    const head = { title: vscode.l10n.t('Audit'), language: wordsLanguage() };
    view.webview.html = pageHtml(view.webview, files, head, pageStrings());
  }

  /** Opens the panel; the editor keeps the focus unless `focus`. */
  async reveal(focus: boolean): Promise<void> {
    await vscode.commands.executeCommand(`${AUDIT_VIEW}.focus`, { preserveFocus: !focus });
  }

  get isVisible(): boolean {
    return this.#view?.visible === true;
  }

  /** What has to be there before the gateway can start. */
  set missing(missing: Missing | undefined) {
    if (missing === this.#missing) return;
    this.#missing = missing;
    this.#refresh();
  }

  filter(filter: FilterWish): void {
    this.#pendingFilter = filter;
    this.#sendFilter();
  }

  /** Calls of the log that are older than what the gateway has told. */
  prepend(older: AuditModel): void {
    this.#hasLoadedAll = true;
    this.model.prepend(older);
    this.#refresh();
    void this.#feed.sendAll();
  }

  showLimits(limits: readonly LimitLine[], problem?: string): void {
    void this.#send({ type: 'limits', limits, ...(problem !== undefined && { problem }) });
  }

  #changeVisibility(isVisible: boolean): void {
    // A page that comes back shows its table alone.
    if (!isVisible) this.#limits.fire(false);
    this.#refresh();
  }

  #add(record: AuditRecord): void {
    const call = this.model.add(record, this.#gateway.startedAt);
    if (call !== undefined) this.#feed.add(call);
  }

  #receive(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        void this.#feed.sendAll();
        this.#refresh();
        return this.#sendFilter();
      case 'details': {
        const call = this.model.call(message.id);
        return void (call && this.#send({ type: 'details', details: detailsOf(call) }));
      }
      case 'act': {
        const call = this.model.call(message.id);
        return call && this.#wished.fire({ action: message.action, call });
      }
      case 'limits':
        return this.#limits.fire(message.shown);
      case 'limit':
        return this.#limitOpened.fire(message);
      case 'run':
        return void vscode.commands.executeCommand(commandOf(message.action));
      case 'decide': {
        const command = message.how === 'deny' ? 'denyApproval' : 'reviewApproval';
        return void vscode.commands.executeCommand(`portcullis.${command}`, message.id);
      }
      case 'filtered':
        return void vscode.commands.executeCommand('setContext', 'portcullis.auditFiltered', message.filtered);
    }
  }

  #refresh(): void {
    if (this.isVisible) this.model.markSeen();
    const about = { trusted: vscode.workspace.isTrusted, missing: this.#missing, hasRows: this.model.size > 0 };
    const page = pageState(this.#gateway.state, about);
    void this.#send({ type: 'page', page: { ...page, hasOlder: !this.#hasLoadedAll && this.model.mayHaveOlder } });
    void this.#send({ type: 'waiting', calls: this.#approvals.calls.map(waitingCall) });
    if (this.#view) this.#view.badge = badge(this.model.unseen);
    this.#changed.fire();
  }

  #sendFilter(): void {
    if (this.#pendingFilter === undefined || this.#view?.visible !== true) return;
    void this.#send({ type: 'filter', filter: this.#pendingFilter });
    this.#pendingFilter = undefined;
  }

  async #send(message: ToPage): Promise<void> {
    // A hidden page is told everything when it comes back.
    if (this.#view?.visible === true) await this.#view.webview.postMessage(message);
  }
}

function waitingCall({ id, client, grant, server, tool, risk, expiresAt }: PendingCall): WaitingCall {
  const text = vscode.l10n.t('{0} wants to call {1} of {2}', client === '' ? grant : client, tool, server);
  return { id, text, risk, expiresAt };
}

function badge(unseen: number): vscode.ViewBadge | undefined {
  if (unseen === 0) return undefined;
  const tooltip = unseen === 1 ? vscode.l10n.t('1 denied call') : vscode.l10n.t('{0} denied calls', unseen);
  return { value: unseen, tooltip };
}

function commandOf(action: PageAction): string {
  switch (action) {
    case 'manageTrust':
      return 'workbench.trust.manage';
    case 'openFolder':
      return 'vscode.openFolder';
    default:
      return `portcullis.${action}`;
  }
}
