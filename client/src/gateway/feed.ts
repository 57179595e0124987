/** What a running gateway tells, kept up to date: its status, its tool lists; records pass through. Knows nothing of `vscode`. */
import type { PendingCall } from '../../../server/src/protocol/approval.ts';
import type { AuditRecord } from '../../../server/src/protocol/audit.ts';
import type { ControlEvent, GatewayStatus, ToolsReport } from '../../../server/src/protocol/control.ts';
import type { ControlChannel } from './control.ts';

export type SecretChange = Extract<ControlEvent, { event: 'secret' }>;
export type LoginEnd = Extract<ControlEvent, { event: 'login' }>;

export interface FeedListener {
  status(status: GatewayStatus): void;
  record(record: AuditRecord): void;
  tools(reports: readonly ToolsReport[]): void;
  /** All calls that wait for approval now. */
  approvals(calls: readonly PendingCall[]): void;
  /** To be kept until the next gateway starts. */
  secret(change: SecretChange): void;
  /** A login has ended. */
  login(end: LoginEnd): void;
  /** Something could not be read; the feed goes on. */
  problem(message: string): void;
}

export class Feed {
  readonly #channel: ControlChannel;
  readonly #listener: FeedListener;
  readonly #end = new AbortController();
  readonly #tools = new Map<string, ToolsReport>();

  constructor(channel: ControlChannel, listener: FeedListener) {
    this.#channel = channel;
    this.#listener = listener;
  }

  /** Reads the first status, then follows in the background until `close`. Throws when the gateway does not answer. */
  async open(): Promise<GatewayStatus> {
    const status = await this.#channel.status();
    void this.#channel.follow((event) => this.#hear(event), this.#end.signal);
    return status;
  }

  close(): void {
    this.#end.abort();
  }

  #hear(event: ControlEvent): void {
    if (this.#end.signal.aborted) return;
    switch (event.event) {
      case 'status':
        this.#listener.status(event.status);
        void this.#fetchMissingTools(event.status);
        return;
      case 'record':
        this.#listener.record(event.record);
        return;
      case 'tools':
        this.#keepTools(event.report);
        return;
      case 'approvals':
        this.#listener.approvals(event.calls);
        return;
      case 'secret':
        this.#listener.secret(event);
        return;
      case 'login':
        this.#listener.login(event);
        return;
    }
  }

  /** A stream that was opened after a list was read brings only its changes. */
  async #fetchMissingTools(status: GatewayStatus): Promise<void> {
    const missing = status.servers.filter((server) => server.tools !== undefined && !this.#tools.has(server.name));
    for (const server of missing) {
      try {
        this.#keepTools(await this.#channel.tools(server.name));
      } catch (error) {
        this.#listener.problem(`The tool list of ${server.name} could not be read: ${String(error)}`);
      }
    }
  }

  #keepTools(report: ToolsReport): void {
    if (this.#end.signal.aborted) return;
    this.#tools.set(report.server, report);
    this.#listener.tools([...this.#tools.values()]);
  }
}
