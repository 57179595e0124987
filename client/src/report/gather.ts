/** Collects what a report says of this window. Takes what is known: starts, contacts and reads nothing. */
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app.ts';
import { unreviewedCount } from '../drift/unreviewed.ts';
import { heldEdits } from '../gateway/held.ts';
import { liveServer, unreviewedServers } from '../gateway/state.ts';
import { POLICY_LANGUAGE, type ServerInfo } from '../language/language.ts';
import type { ReportedServer, ReportedState } from './state.ts';

export function stateOf(app: App): ReportedState {
  const { gateway, language, context, failures } = app;
  return {
    versions: {
      Portcullis: String((context.extension.packageJSON as { readonly version?: string }).version),
      [vscode.env.appName]: vscode.version,
      'Node.js': process.versions.node,
    },
    surroundings: surroundings(),
    gateway: gateway.state.kind,
    servers: language.servers.map((server) => serverOf(app, server)),
    policies: policiesOf(language.servers),
    findings: findings(),
    waiting: [
      ...heldEdits(gateway.state).map(({ what }) => `edit: ${what}`),
      ...unreviewedServers(gateway.state).map(
        ({ name, unreviewed }) => `unreviewed tools of ${name}: ${String(unreviewedCount(unreviewed))}`,
      ),
      ...(app.approvals.calls.length > 0 ? [`calls to approve: ${String(app.approvals.calls.length)}`] : []),
    ],
    failures: failures.last,
  };
}

function surroundings(): Readonly<Record<string, string>> {
  return {
    system: `${os.platform()} ${os.release()} ${os.arch()}`,
    host: `${vscode.env.appHost}, ${remoteKind(vscode.env.remoteName)}`,
    trusted: vscode.workspace.isTrusted ? 'yes' : 'no',
    folders: String(vscode.workspace.workspaceFolders?.length ?? 0),
  };
}

/** For example `ssh-remote`. Where it is an address, it is nobody's business. */
const remoteKind = (name: string | undefined): string =>
  name === undefined || /^[a-z-]+$/.test(name) ? (name ?? 'local') : 'remote';

function serverOf({ gateway }: App, { name, transport, definedIn, policyUri, tools }: ServerInfo): ReportedServer {
  const live = liveServer(gateway.state, name);
  const observed = live?.policy.isObserved === true ? ', observed' : '';
  return {
    name,
    transport,
    definedIn: definedIn === undefined ? 'nowhere' : relative(vscode.Uri.file(definedIn)),
    policy: policyUri === undefined ? 'none' : relative(vscode.Uri.parse(policyUri)),
    tools: `${String(tools.count ?? 'not')} listed, ${tools.state}`,
    state:
      live === undefined ? 'not served' : `${live.state}, policy ${live.policy.inForce ?? 'none'} in force${observed}`,
  };
}

function policiesOf(servers: readonly ServerInfo[]): readonly string[] {
  const open = vscode.workspace.textDocuments.filter(({ languageId }) => languageId === POLICY_LANGUAGE);
  const paired = servers.flatMap(({ policyUri }) => (policyUri === undefined ? [] : [vscode.Uri.parse(policyUri)]));
  return [...new Set([...paired, ...open.map(({ uri }) => uri)].map(relative))].sort();
}

/** Outside of the workspace only the file's name: where it lies is nobody's business. */
function relative(uri: vscode.Uri): string {
  const shown = vscode.workspace.asRelativePath(uri);
  return path.isAbsolute(shown) || shown.includes('://') ? path.posix.basename(uri.path) : shown;
}

function findings(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { source, code } of vscode.languages.getDiagnostics().flatMap(([, found]) => found)) {
    if (source !== 'portcullis') continue;
    const name = String(typeof code === 'object' ? code.value : (code ?? 'syntax'));
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
