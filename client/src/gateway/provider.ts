/** Offers the governed servers to VS Code's own agent while the gateway runs. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { ServerStatus, ToolsReport } from '../../../server/src/protocol/control.ts';
import type { Gateway } from './gateway.ts';
import { liveServers } from './state.ts';

/** As in package.json. */
const PROVIDER = 'portcullis.gateway';

export class GovernedServers implements vscode.McpServerDefinitionProvider<vscode.McpHttpServerDefinition> {
  readonly #gateway: Gateway;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeMcpServerDefinitions = this.#changed.event;
  #offered = '';

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
    gateway.onDidChangeState(() => this.#announce());
    gateway.onDidChangeTools(() => this.#announce());
  }

  register(): vscode.Disposable {
    return vscode.lm.registerMcpServerDefinitionProvider(PROVIDER, this);
  }

  async provideMcpServerDefinitions(): Promise<vscode.McpHttpServerDefinition[]> {
    const servers = liveServers(this.#gateway.state);
    if (servers.length === 0) return [];
    const headers = { Authorization: `Bearer ${(await this.#gateway.token()) ?? ''}` };
    return servers.map(
      (server) =>
        new vscode.McpHttpServerDefinition(
          vscode.l10n.t('{0} (governed by Portcullis)', server.name),
          vscode.Uri.parse(server.url),
          headers,
          versionOf(server, this.#gateway.tools),
        ),
    );
  }

  /** Only when an agent would notice a difference. */
  #announce(): void {
    const servers = liveServers(this.#gateway.state);
    const offered = servers.map((server) => `${server.url} ${versionOf(server, this.#gateway.tools)}`).join('\n');
    if (offered === this.#offered) return;
    this.#offered = offered;
    this.#changed.fire();
  }
}

/** Another policy may hide other tools, and another list has others: both are news for an agent. */
function versionOf(server: ServerStatus, reports: readonly ToolsReport[]): string {
  const tools = reports.find((report) => report.server === server.name)?.tools ?? [];
  const names = createHash('sha256').update(JSON.stringify(tools)).digest('hex').slice(0, 12);
  return `${server.policy.inForce ?? 'none'}-${names}`;
}
