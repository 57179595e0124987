/**
 * One client's conversation, the same for every face: takes messages that frame.ts has read, and says what becomes of each.
 * Must not see bytes, headers or sockets.
 */
import { UpstreamError } from '../../mcp/index.ts';
import type { NotificationMessage, RequestMessage } from '../../mcp/message.ts';
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import type { Incoming, IncomingNotification, IncomingRequest, IncomingResponse } from '../message/frame.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import {
  methodRule,
  standingOfNotification,
  standingOfRequest,
  standingOfServerNotification,
  standingOfServerRequest,
} from '../message/method.ts';
import { isRevision, type Revision } from '../message/revision.ts';
import { toValue } from '../../policy/index.ts';
import type { Identity } from '../rules/enforcer.ts';
import type { Hub, UpstreamListener } from '../upstream/hub.ts';
import { Flights, type Flight } from './flights.ts';
import { forward, type ForwardContext } from './forward.ts';
import { greetingForClient, readHello, type ClientHello } from './handshake.ts';
import type { Outlet, Reply } from './reply.ts';
import type { GovernedServer, Grant } from './server.ts';
import { ServerRequests } from './serverRequests.ts';
import { callTool } from './toolCall.ts';

const MAX_FLIGHTS = 1024;

export interface SessionOptions {
  readonly server: GovernedServer;
  readonly grant: Grant;
  /** How records and counters name the session; no credential. */
  readonly name: string;
  readonly outlet: Outlet;
}

interface Established {
  readonly revision: Revision;
  readonly declared: ReadonlySet<string>;
  readonly context: ForwardContext;
}

export class Session implements UpstreamListener {
  readonly #options: SessionOptions;
  readonly #flights = new Flights();
  readonly #serverRequests = new ServerRequests();
  #hub: Hub | undefined;
  #established: Established | undefined;
  #isReady = false;
  #isClosed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Agreed on in `initialize`; `undefined` before. */
  get revision(): Revision | undefined {
    return this.#established?.revision;
  }

  get isBusy(): boolean {
    return this.#flights.size > 0;
  }

  /** Takes one message. Every request gets its answer through `reply`, unless the client cancels it. Never throws. */
  receive(message: Incoming, reply: Reply): void {
    switch (message.kind) {
      case 'request':
        return this.#request(message, reply);
      case 'notification':
        return this.#clientNotification(message);
      case 'response':
        return this.#clientResponse(message);
      case 'refused':
        return reply.answer(errorAnswer(message.id, message.code, message.message));
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#flights.cancelAll('The session ended.');
    this.#hub?.detach(this);
    this.#hub = undefined;
  }

  /** Told when an edit of the policy changes which tools are listed. */
  toolsChanged(): void {
    if (this.#isReady) this.#options.outlet({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
  }

  #request(request: IncomingRequest, reply: Reply): void {
    const { id, method } = request;
    if (this.#flights.size >= MAX_FLIGHTS)
      return reply.answer(errorAnswer(id, errorCodes.upstream, 'Too many requests are in flight.'));
    const flight = this.#flights.begin(id, reply);
    if (!flight)
      return reply.answer(errorAnswer(id, errorCodes.invalidRequest, 'A request with this id is still in flight.'));
    if (method === 'initialize') return void this.#initialize(request, flight);
    if (method === 'ping') return this.#flights.answer(flight, resultAnswer(id, {}));
    const established = this.#established;
    if (!established)
      return this.#flights.answer(flight, errorAnswer(id, errorCodes.invalidRequest, 'Send "initialize" first.'));
    this.#dispatch(established, request, flight);
  }

  #dispatch({ revision, context }: Established, request: IncomingRequest, flight: Flight): void {
    const standing = standingOfRequest(request.method, revision, this.#options.server.methods);
    if (standing !== 'passes') return this.#refuseMethod(request, standing, flight);
    this.#isReady = true;
    if (request.method === 'tools/call') void callTool(context, request, flight);
    else forward(context, request, flight);
  }

  #refuseMethod({ id, method }: IncomingRequest, standing: 'unknown' | 'closed', flight: Flight): void {
    const rule = methodRule(method);
    const name = JSON.stringify(method.slice(0, 128));
    const message =
      standing === 'closed'
        ? `The method ${name} is closed by the gateway's configuration.`
        : `There is no method ${name}.`;
    this.#options.server.enforcer.recordRefusal(method, '', this.#identity(), rule, message);
    const data = { 'portcullis/decision': { rule } };
    this.#flights.answer(flight, errorAnswer(id, errorCodes.methodNotFound, message, data));
  }

  async #initialize(request: IncomingRequest, flight: Flight): Promise<void> {
    const { server } = this.#options;
    const hello = this.#hub ? undefined : readHello(request.params, server.methods);
    if (!hello) {
      const message = this.#hub
        ? 'The session is initialized already.'
        : 'These are not the parameters of "initialize".';
      return this.#flights.answer(flight, errorAnswer(request.id, errorCodes.invalidRequest, message));
    }
    const hub = this.#openHub(hello);
    try {
      const greeting = await hub.greeting();
      if (this.#isClosed) return;
      const agreed = greeting['protocolVersion'];
      this.#establish(hub, hello, isRevision(agreed) ? agreed : hello.revision);
      this.#flights.answer(flight, resultAnswer(request.id, greetingForClient(greeting)));
    } catch (error) {
      hub.detach(this);
      this.#hub = undefined;
      const message = error instanceof UpstreamError ? error.message : 'The server could not be started.';
      this.#flights.answer(flight, errorAnswer(request.id, errorCodes.upstream, message));
    }
  }

  /** A server that may ask its client things needs to know which client it asks. */
  #openHub(hello: ClientHello): Hub {
    const { server, grant } = this.#options;
    const alone = hello.declared.size > 0;
    const hub = alone ? server.pool.dedicated(hello.handshake) : server.pool.shared(hello.revision, grant.id);
    this.#hub = hub;
    hub.attach(this);
    return hub;
  }

  #establish(hub: Hub, hello: ClientHello, revision: Revision): void {
    const identity = this.#identity(hello.client);
    const { server, outlet } = this.#options;
    const context = { server, outlet, hub, identity, flights: this.#flights, listener: this };
    this.#established = { revision, declared: hello.declared, context };
  }

  #identity(client?: string): Identity {
    if (this.#established) return this.#established.context.identity;
    const { grant, name } = this.#options;
    const identity = { grantId: grant.id, grantLabel: grant.label, session: name };
    return client === undefined ? identity : { ...identity, client };
  }

  #clientNotification(message: IncomingNotification): void {
    const { server } = this.#options;
    const { revision } = this;
    if (revision === undefined || !this.#hub) return;
    if (standingOfNotification(message.method, revision, server.methods) !== 'passes')
      return this.#dropNotification(message);
    switch (message.method) {
      case 'notifications/initialized':
        this.#isReady = true;
        return this.#hub.acknowledge();
      case 'notifications/cancelled':
        return this.#cancel(message);
      default:
        return this.#forwardNotification(this.#hub, message);
    }
  }

  /** A call without an id would get no answer, but its effect: it must not reach the server. */
  #dropNotification({ method, params }: IncomingNotification): void {
    const name = params?.members.get('name')?.value;
    const tool = method === 'tools/call' && name?.kind === 'string' ? name.value : '';
    const message = 'A notification that the protocol does not know was dropped.';
    this.#options.server.enforcer.recordRefusal(method, tool, this.#identity(), methodRule(method), message);
  }

  #cancel({ params }: IncomingNotification): void {
    const id = params?.members.get('requestId')?.value;
    const reason = params?.members.get('reason')?.value;
    if (id?.kind !== 'string' && id?.kind !== 'number') return;
    this.#flights.cancel(id.value, reason?.kind === 'string' ? reason.value : undefined);
  }

  /** On a shared connection the server would take one client's roots or tasks for another's. */
  #forwardNotification(hub: Hub, { method, params }: IncomingNotification): void {
    if (hub.shared) return;
    const value = params && (toValue(params, 'source') as NotificationMessage['params']);
    hub.link.notify({ jsonrpc: '2.0', method, ...(value ? { params: value } : {}) });
  }

  #clientResponse(response: IncomingResponse): void {
    const answer = this.#serverRequests.settle(response);
    if (answer) this.#hub?.link.respond(answer);
  }

  // What the upstream says.

  notification(message: NotificationMessage): void {
    const { outlet, server, grant } = this.#options;
    const { revision } = this;
    if (revision === undefined || standingOfServerNotification(message.method, revision, server.methods) !== 'passes')
      return;
    if (message.method === 'notifications/cancelled') return this.#withdraw(message);
    if (message.method === 'notifications/tasks/status' && !server.tasks.isOwned(grant.id, message.params?.['taskId']))
      return;
    outlet(withoutOwnMeta(message));
  }

  request(message: RequestMessage): void {
    const established = this.#established;
    const { methods } = this.#options.server;
    const passes =
      established &&
      standingOfServerRequest(message.method, established.revision, methods, established.declared) === 'passes';
    const id = passes ? this.#serverRequests.mint(message.id) : undefined;
    if (id === undefined) this.#hub?.refuse(message.id, message.method);
    else this.#options.outlet(withoutOwnMeta({ ...message, id }));
  }

  #withdraw({ params }: NotificationMessage): void {
    const id = params?.['requestId'];
    if (typeof id !== 'string' && typeof id !== 'number') return;
    const withdrawal = this.#serverRequests.withdraw(id, params?.['reason']);
    if (withdrawal) this.#options.outlet(withdrawal);
  }

  lost(): void {
    for (const withdrawal of this.#serverRequests.withdrawAll()) this.#options.outlet(withdrawal);
  }

  reconnected(): void {
    this.toolsChanged();
  }

  isAwaitingClient(): boolean {
    return this.#serverRequests.size > 0;
  }
}
