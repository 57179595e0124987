/**
 * One client's conversation, the same for every face: takes messages that frame.ts has read, and says what becomes of each.
 * Must not see bytes, headers or sockets.
 */
import { UpstreamError } from '../../mcp/index.ts';
import type { NotificationMessage } from '../../mcp/message.ts';
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import type { Incoming, IncomingNotification, IncomingRequest } from '../message/frame.ts';
import { methodRule, standingOfNotification, standingOfRequest } from '../message/method.ts';
import { isLegacyRevision, type Revision } from '../../mcp/revision.ts';
import { toValue } from '../../policy/index.ts';
import type { Identity } from '../rules/enforcer.ts';
import type { Hub } from '../upstream/hub.ts';
import { Flights, type Flight } from './flights.ts';
import { forward, type ForwardContext } from './forward.ts';
import { greetingForClient, readHello, type ClientHello } from './handshake.ts';
import type { Outlet, Reply } from './reply.ts';
import type { GovernedServer, Grant } from './server.ts';
import { ServerMessages } from './serverMessages.ts';
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
  readonly context: ForwardContext;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #flights = new Flights();
  readonly #fromServer: ServerMessages;
  #hub: Hub | undefined;
  #established: Established | undefined;
  #isReady = false;
  #isClosed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#fromServer = new ServerMessages({ ...options, onReconnected: () => this.toolsChanged() });
  }

  /** Agreed on in `initialize`; `undefined` before. */
  get revision(): Revision | undefined {
    return this.#established?.revision;
  }

  get isBusy(): boolean {
    return this.#flights.size > 0;
  }

  /** Whether it holds a connection to the server that no other session uses. */
  get isAlone(): boolean {
    return this.#hub !== undefined && !this.#hub.shared;
  }

  /** Takes one message. Every request gets its answer through `reply`, unless the client cancels it. Never throws. */
  receive(message: Incoming, reply: Reply): void {
    switch (message.kind) {
      case 'request':
        return this.#request(message, reply);
      case 'notification':
        return this.#clientNotification(message);
      case 'response':
        return this.#fromServer.settle(message);
      case 'refused':
        return reply.answer(errorAnswer(message.id, message.code, message.message));
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#flights.cancelAll('The session ended.');
    this.#fromServer.detach();
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
    try {
      const hub = this.#openHub(hello);
      const greeting = await hub.greeting();
      if (this.#isClosed) return;
      const agreed = greeting['protocolVersion'];
      this.#establish(hub, hello, isLegacyRevision(agreed) ? agreed : hello.revision);
      this.#flights.answer(flight, resultAnswer(request.id, greetingForClient(greeting)));
    } catch (error) {
      this.#fromServer.detach();
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
    this.#fromServer.attachTo(hub);
    return hub;
  }

  #establish(hub: Hub, hello: ClientHello, revision: Revision): void {
    const identity = this.#identity(hello.client);
    const { server, outlet } = this.#options;
    const context = { server, outlet, hub, identity, flights: this.#flights, listener: this.#fromServer };
    this.#established = { revision, context };
    this.#fromServer.agreement = { revision, declared: hello.declared };
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
}
