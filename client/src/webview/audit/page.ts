/** What stands around the audit table in each state of the gateway: banners, and what an empty table says. */
import * as vscode from 'vscode';
import { canStart, isLive, liveServers, policyProblems, type GatewayState } from '../../gateway/state.ts';
import type { Missing } from '../../setup/missing.ts';
import type { PolicyStatus } from '../../../../server/src/protocol/control.ts';
import type { Banner, PageButton, PageState } from './messages.ts';

type Empty = PageState['empty'];

interface Circumstances {
  readonly trusted: boolean;
  readonly missing: Missing | undefined;
  readonly hasRows: boolean;
}

export function pageState(
  state: GatewayState,
  { trusted, missing, hasRows }: Circumstances,
): Omit<PageState, 'hasOlder'> {
  const banners = [...policyBanners(state), ...serverBanners(state)];
  // Without rows the empty state says it already.
  if (hasRows) banners.push(...gatewayBanners(state, trusted));
  return { empty: trusted ? emptyState(state, missing) : untrusted(), banners };
}

const startButton = (): PageButton => ({ label: vscode.l10n.t('Start Gateway'), action: 'startGateway' });
const logButton = (): PageButton => ({ label: vscode.l10n.t('Show Log'), action: 'showGatewayLog' });
const trustButton = (): PageButton => ({ label: vscode.l10n.t('Manage Workspace Trust'), action: 'manageTrust' });

function policyBanners(state: GatewayState): Banner[] {
  return policyProblems(state).map(({ name, policy }) => ({
    severity: policy.inForce === undefined ? 'error' : 'warning',
    text: `${name}: ${policy.problem ?? ''}`,
    actions: policyButtons(policy),
  }));
}

function policyButtons({ held, file }: PolicyStatus): PageButton[] {
  if (held !== undefined) return [{ label: vscode.l10n.t('Review…'), action: 'reviewEdits' }];
  return file === undefined ? [] : [{ label: vscode.l10n.t('Open Policy'), action: 'openPolicy' }];
}

function serverBanners(state: GatewayState): Banner[] {
  return liveServers(state)
    .filter((server) => server.state === 'degraded')
    .map((server) => ({
      severity: 'error',
      text: vscode.l10n.t('{0} cannot be reached: {1}', server.name, server.problem ?? ''),
      actions: [logButton()],
    }));
}

function gatewayBanners(state: GatewayState, trusted: boolean): Banner[] {
  switch (state.kind) {
    case 'failed':
      return [{ severity: 'error', text: failedText(state.problem), actions: [startButton(), logButton()] }];
    case 'stopped':
      return [{ severity: 'info', text: stoppedText(), actions: [trusted ? startButton() : trustButton()] }];
    case 'starting':
    case 'stopping':
    case 'running':
    case 'degraded':
      return [];
  }
}

function emptyState(state: GatewayState, missing: Missing | undefined): Empty {
  if (isLive(state)) return waiting(state.status.servers.map((server) => server.url));
  if (missing !== undefined && canStart(state)) return firstStep(missing);
  switch (state.kind) {
    case 'starting':
      return { title: vscode.l10n.t('The gateway is starting…'), detail: '', actions: [logButton()] };
    case 'stopping':
      return { title: vscode.l10n.t('The gateway is stopping…'), detail: '', actions: [] };
    case 'failed':
      return {
        title: vscode.l10n.t('The gateway is not running'),
        detail: state.problem,
        actions: [startButton(), logButton()],
      };
    case 'stopped':
      return { title: stoppedText(), detail: whatItDoes(), actions: [startButton()] };
  }
}

const demoButton = (): PageButton => ({ label: vscode.l10n.t('Try It with a Demo Server'), action: 'tryDemo' });

/** Where "Start Gateway" could only say what is missing. */
function firstStep(missing: Missing): Empty {
  switch (missing) {
    case 'folder':
      return {
        title: vscode.l10n.t('No folder is open'),
        detail: vscode.l10n.t(
          'The gateway governs the MCP servers that a folder configures, and shows each call here.',
        ),
        actions: [{ label: vscode.l10n.t('Open Folder'), action: 'openFolder' }, demoButton()],
      };
    case 'server':
      return {
        title: vscode.l10n.t('No MCP server is configured'),
        detail: vscode.l10n.t(
          'Each call of an agent to a server of this folder is decided by its policy and shown here.',
        ),
        actions: [{ label: vscode.l10n.t('Open .vscode/mcp.json'), action: 'openServerConfiguration' }, demoButton()],
      };
    case 'policy':
      return {
        title: vscode.l10n.t('No policy yet'),
        detail: vscode.l10n.t('A policy says what agents may do. One that fits the tools of your server is proposed.'),
        actions: [{ label: vscode.l10n.t('Create Policy'), action: 'createPolicy' }, demoButton()],
      };
  }
}

const waiting = (urls: readonly string[]): Empty => ({
  title: vscode.l10n.t('No call yet'),
  detail: vscode.l10n.t('Point an MCP client at {0}. Each call appears here as it is decided.', urls.join(', ')),
  actions: [{ label: vscode.l10n.t('Copy Client Configuration'), action: 'copyClientConfiguration' }],
});

const untrusted = (): Empty => ({
  title: vscode.l10n.t('This workspace is not trusted'),
  detail: vscode.l10n.t(
    'Portcullis starts no server and no gateway here, because the workspace says which programs those are.',
  ),
  actions: [trustButton()],
});

const stoppedText = (): string => vscode.l10n.t('The gateway is stopped');
const failedText = (problem: string): string => vscode.l10n.t('The gateway is not running. {0}', problem);
const whatItDoes = (): string =>
  vscode.l10n.t(
    'While it runs, agents reach your MCP servers through it, and every call is decided by the policy and shown here.',
  );
