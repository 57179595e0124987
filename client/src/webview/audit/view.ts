/**
 * The audit view of the panel: keeps the rows, feeds the page while it is shown, badges what nobody has seen.
 * The page holds nothing that is not sent to it again when it comes back.
 */
import * as vscode from 'vscode';
import type { PendingCall } from '../../../../server/src/protocol/approval.ts';
import type { AuditRecord } from '../../../../server/src/protocol/audit.ts';
import type { Approvals } from '../../approvals/approvals.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { pageHtml } from '../html.ts';
import { wordsLanguage } from '../language.ts';
import type { AuditFilter, AuditRow, FromPage, PageAction, ToPage, WaitingCall } from './messages.ts';
import { AuditModel } from './model.ts';
import { pageState } from './page.ts';
import { pageStrings } from './strings.ts';

export const AUDIT_VIEW = 'portcullis.audit';

/** Milliseconds over which rows are gathered into one message: a burst of calls is one repaint. */
const GATHER = 50;

export class AuditView implements vscode.WebviewViewProvider {
  readonly model = new AuditModel();
  readonly #extensionUri: vscode.Uri;
  readonly #gateway: Gateway;
  readonly #approvals: Approvals;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Rows or counts changed. */
  readonly onDidChange = this.#changed.event;
  readonly #opened = new vscode.EventEmitter<AuditRow>();
  /** The user wants to see the rule of a row. */
  readonly onDidOpenRow = this.#opened.event;
  #view: vscode.WebviewView | undefined;
  #gathered: AuditRow[] = [];
  #gathering: NodeJS.Timeout | undefined;
  /** A filter that was chosen while no page was there to take it. */
  #pendingFilter: AuditFilter | undefined;

  constructor(extensionUri: vscode.Uri, gateway: Gateway, approvals: Approvals) {
    this.#extensionUri = extensionUri;
    this.#gateway = gateway;
    this.#approvals = approvals;
    approvals.isLookedAt = () => this.#view?.visible === true;
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
    view.onDidChangeVisibility(() => this.#refresh());
    view.onDidDispose(() => (this.#view = undefined));
    const files = { script: vscode.Uri.joinPath(dist, 'audit.js'), style: vscode.Uri.joinPath(dist, 'audit.css') };
    const head = { title: vscode.l10n.t('Audit'), language: wordsLanguage() };
    view.webview.html = pageHtml(view.webview, files, head, pageStrings());
  }

  /** Opens the panel; the editor keeps the focus unless `focus`. */
  async reveal(focus: boolean): Promise<void> {
    await vscode.commands.executeCommand(`${AUDIT_VIEW}.focus`, { preserveFocus: !focus });
  }

  filter(filter: AuditFilter): void {
    this.#pendingFilter = filter;
    this.#sendFilter();
  }

  #add(record: AuditRecord): void {
    const row = this.model.add(record, this.#gateway.startedAt);
    if (row === undefined) return;
    this.#gathered.push(row);
    this.#gathering ??= setTimeout(() => this.#flush(), GATHER);
  }

  #flush(): void {
    this.#gathering = undefined;
    const rows = this.#gathered;
    this.#gathered = [];
    this.#send({ type: 'rows', rows, replace: false });
    this.#refresh();
  }

  #receive(message: FromPage): void {
    switch (message.type) {
      case 'ready':
        this.#send({ type: 'rows', rows: this.model.rows, replace: true });
        this.#refresh();
        return this.#sendFilter();
      case 'open': {
        const row = this.model.row(message.id);
        if (row !== undefined) this.#opened.fire(row);
        return;
      }
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
    if (this.#view?.visible === true) this.model.markSeen();
    const page = pageState(this.#gateway.state, vscode.workspace.isTrusted, this.model.size > 0);
    this.#send({ type: 'page', page });
    this.#send({ type: 'waiting', calls: this.#approvals.calls.map(waitingCall) });
    if (this.#view) this.#view.badge = badge(this.model.unseen);
    this.#changed.fire();
  }

  #sendFilter(): void {
    if (this.#pendingFilter === undefined || this.#view?.visible !== true) return;
    this.#send({ type: 'filter', filter: this.#pendingFilter });
    this.#pendingFilter = undefined;
  }

  #send(message: ToPage): void {
    // A hidden page is told everything when it comes back.
    if (this.#view?.visible === true) void this.#view.webview.postMessage(message);
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

const commandOf = (action: PageAction): string =>
  action === 'manageTrust' ? 'workbench.trust.manage' : `portcullis.${action}`;
