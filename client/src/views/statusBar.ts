/** The status bar item: whether the gateway runs, how many calls it denied, and what needs attention. A click lists what can be done. */
import * as vscode from 'vscode';
import type { HeldFile } from '../../../server/src/protocol/control.ts';
import type { Approvals } from '../approvals/approvals.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { heldEdits } from '../gateway/held.ts';
import { isLive, policyProblems, shownTools, type GatewayState } from '../gateway/state.ts';
import type { AuditView } from '../webview/audit/view.ts';

interface Face {
  readonly text: string;
  readonly tooltip: string;
  readonly background?: 'warning' | 'error';
}

export function showStatusBar(
  gateway: Gateway,
  audit: AuditView,
  approvals: Approvals,
): { item: vscode.StatusBarItem; disposable: vscode.Disposable } {
  const item = vscode.window.createStatusBarItem('portcullis.gateway', vscode.StatusBarAlignment.Left, 0);
  item.name = vscode.l10n.t('Portcullis Gateway');
  const update = (): void => {
    const counts = { denied: audit.model.denied, waiting: approvals.calls.length };
    item.command = commandOf(gateway.state, counts.waiting);
    dress(item, faceOf(gateway.state, counts, vscode.workspace.isTrusted));
  };
  update();
  const disposable = vscode.Disposable.from(
    item,
    gateway.onDidChangeState(update),
    audit.onDidChange(update),
    approvals.onDidChange(update),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
  );
  return { item, disposable };
}

function commandOf(state: GatewayState, waiting: number): string {
  if (waiting > 0) return 'portcullis.reviewApproval';
  return heldEdits(state).length > 0 ? 'portcullis.reviewEdits' : 'portcullis.showActions';
}

export function dress(item: vscode.StatusBarItem, face: Face): void {
  item.text = face.text;
  item.tooltip = face.tooltip;
  item.accessibilityInformation = { label: `Portcullis: ${face.text.replace(/\$\([^)]*\)\s*/g, '')}. ${face.tooltip}` };
  item.backgroundColor = face.background && new vscode.ThemeColor(`statusBarItem.${face.background}Background`);
}

interface Counts {
  readonly denied: number;
  readonly waiting: number;
}

export function faceOf(state: GatewayState, counts: Counts, trusted: boolean): Face {
  if (isLive(state)) return counts.waiting > 0 ? waitingFace(counts.waiting) : liveFace(state, counts.denied);
  if (!trusted) return { text: `$(shield) ${vscode.l10n.t('Gateway off')}`, tooltip: untrustedReason() };
  switch (state.kind) {
    case 'stopped':
      return {
        text: `$(shield) ${vscode.l10n.t('Gateway off')}`,
        tooltip: vscode.l10n.t('The MCP gateway is stopped.'),
      };
    case 'starting':
      return {
        text: `$(loading~spin) ${vscode.l10n.t('Gateway')}`,
        tooltip: vscode.l10n.t('The MCP gateway is starting.'),
      };
    case 'stopping':
      return {
        text: `$(loading~spin) ${vscode.l10n.t('Gateway')}`,
        tooltip: vscode.l10n.t('The MCP gateway is stopping.'),
      };
    case 'failed':
      return {
        text: `$(shield) ${vscode.l10n.t('Gateway failed')}`,
        tooltip: vscode.l10n.t('The MCP gateway is not running: {0}', state.problem),
        background: 'error',
      };
  }
}

/** Before everything else: an agent stands still until somebody answers. */
function waitingFace(waiting: number): Face {
  return {
    text: `$(bell-dot) ${vscode.l10n.t('{0} to approve', waiting)}`,
    tooltip: vscode.l10n.t('Calls of agents wait for your approval. Click to review them.'),
    background: 'warning',
  };
}

function heldFace({ what, file, loosened }: HeldFile, endpoints: readonly string[]): Face {
  const text = what === 'lock' ? vscode.l10n.t('Lock edit waits') : vscode.l10n.t('Configuration edit waits');
  const lines = loosened.map((each) => `${each.about}: ${each.what}`);
  return { text: `$(warning) ${text}`, tooltip: [file, ...lines, ...endpoints].join('\n'), background: 'warning' };
}

function liveFace(state: Extract<GatewayState, { status: unknown }>, denied: number): Face {
  const endpoints = state.status.servers.map((server) => `${server.name}: ${server.url}`);
  const tools = vscode.l10n.t('{0} tools shown to agents', shownTools(state));
  const problem = policyProblems(state)[0];
  if (problem !== undefined) {
    return {
      text: `$(warning) ${problem.policy.held ? vscode.l10n.t('Policy edit waits') : vscode.l10n.t('Policy invalid')}`,
      tooltip: [`${problem.name}: ${problem.policy.problem ?? ''}`, ...endpoints].join('\n'),
      background: 'warning',
    };
  }
  const held = state.status.held?.[0];
  if (held !== undefined) return heldFace(held, endpoints);
  const unreachable = state.status.servers.filter((server) => server.state === 'degraded');
  if (unreachable.length > 0) {
    const reasons = unreachable.map((server) => `${server.name}: ${server.problem ?? ''}`);
    return {
      text: `$(warning) ${vscode.l10n.t('Server unreachable')}`,
      tooltip: [...reasons, ...endpoints].join('\n'),
    };
  }
  const observed = state.status.servers.filter(({ policy }) => policy.isObserved);
  if (observed.length > 0) {
    const sentences = observed.map(({ name }) =>
      vscode.l10n.t('{0} is in observe mode: its policy is not enforced, what it denies is only recorded.', name),
    );
    return {
      text: `$(eye) ${vscode.l10n.t('Not enforcing')}`,
      tooltip: [...sentences, ...endpoints, tools].join('\n'),
      background: 'warning',
    };
  }
  const text = denied === 0 ? vscode.l10n.t('Gateway on') : vscode.l10n.t('{0} denied', denied);
  return { text: `$(shield) ${text}`, tooltip: [...endpoints, tools].join('\n') };
}

export const untrustedReason = (): string =>
  vscode.l10n.t('This workspace is not trusted, so Portcullis starts no server and no gateway here.');
