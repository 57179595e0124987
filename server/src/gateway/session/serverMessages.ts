/** What an upstream says of its own accord, and which of it a session's client gets: the other direction of session.ts. */
import { UpstreamError } from '../../mcp/index.ts';
import type { NotificationMessage, Params, RequestMessage, ResponseMessage } from '../../mcp/message.ts';
import type { IncomingResponse } from '../message/frame.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import { standingOfServerNotification, standingOfServerRequest } from '../message/method.ts';
import type { Revision } from '../../mcp/revision.ts';
import type { Hub, UpstreamListener } from '../upstream/hub.ts';
import type { Question } from './context.ts';
import type { Outlet } from './reply.ts';
import type { GovernedServer, Grant } from './server.ts';
import { ServerRequests } from './serverRequests.ts';

/** What `initialize` agreed on. */
export interface Agreement {
  readonly revision: Revision;
  /** What the client can be asked. */
  readonly declared: ReadonlySet<string>;
}

export interface ServerMessagesOptions {
  readonly server: GovernedServer;
  readonly grant: Grant;
  readonly outlet: Outlet;
  /** A new connection after a lost one may list other tools. */
  readonly onReconnected: () => void;
}

export class ServerMessages implements UpstreamListener {
  readonly #options: ServerMessagesOptions;
  readonly #requests = new ServerRequests();
  #hub: Hub | undefined;
  /** Nothing passes before it. */
  agreement: Agreement | undefined;

  constructor(options: ServerMessagesOptions) {
    this.#options = options;
  }

  attachTo(hub: Hub): void {
    this.#hub = hub;
    hub.attach(this);
  }

  detach(): void {
    this.#hub?.detach(this);
    this.#hub = undefined;
  }

  /** Passes the client's answer on; one to a question that nobody asked is dropped. */
  settle(response: IncomingResponse): void {
    const answer = this.#requests.settle(response);
    if (answer) this.#hub?.link.respond(answer);
  }

  notification(message: NotificationMessage): void {
    const { outlet, server, grant } = this.#options;
    const { method, params } = message;
    const { agreement } = this;
    if (!agreement || standingOfServerNotification(method, agreement.revision, server.methods) !== 'passes') return;
    if (method === 'notifications/cancelled') return this.#withdraw(message);
    if (method === 'notifications/tasks/status' && !server.tasks.isOwned(grant.id, params?.['taskId'])) return;
    outlet(withoutOwnMeta(message));
  }

  request(message: RequestMessage): void {
    const id = this.#mayAsk(message.method) ? this.#requests.mint(message.id) : undefined;
    if (id === undefined) this.#hub?.refuse(message.id, message.method);
    else this.#options.outlet(withoutOwnMeta({ ...message, id }));
  }

  /** A question of the gateway's own; `undefined` when too many wait already. */
  ask(method: string, params: Params): Question | undefined {
    const { outlet } = this.#options;
    let settle: (response: ResponseMessage | undefined) => void = () => undefined;
    const answer = new Promise<ResponseMessage>((resolve, reject) => {
      settle = (response) => {
        if (response) resolve(response);
        else reject(new UpstreamError('closed', 'The question was withdrawn.'));
      };
    });
    const id = this.#requests.mintOwn(settle);
    if (id === undefined) return undefined;
    outlet({ jsonrpc: '2.0', id, method, params: withoutOwnMeta(params) });
    return {
      answer,
      withdraw: () => {
        const withdrawal = this.#requests.withdrawOwn(id);
        if (withdrawal) outlet(withdrawal);
      },
    };
  }

  lost(): void {
    for (const withdrawal of this.#requests.withdrawAll()) this.#options.outlet(withdrawal);
  }

  reconnected(): void {
    this.#options.onReconnected();
  }

  isAwaitingClient(): boolean {
    return this.#requests.size > 0;
  }

  #mayAsk(method: string): boolean {
    const { agreement } = this;
    const { methods } = this.#options.server;
    if (!agreement) return false;
    return standingOfServerRequest(method, agreement.revision, methods, agreement.declared) === 'passes';
  }

  #withdraw({ params }: NotificationMessage): void {
    const id = params?.['requestId'];
    if (typeof id !== 'string' && typeof id !== 'number') return;
    const withdrawal = this.#requests.withdraw(id, params?.['reason']);
    if (withdrawal) this.#options.outlet(withdrawal);
  }
}
