/**
 * One client's conversation, the same for every face: takes messages that frame.ts has read, and says what becomes of each.
 * Must not see bytes, headers or sockets.
 */
import { UpstreamError } from '../../mcp/index.ts';
import type { NotificationMessage } from '../../mcp/message.ts';
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import type { Incoming, IncomingNotification, IncomingRequest } from '../message/frame.ts';
import { standingOfNotification, standingOfRequest } from '../message/method.ts';
import { allowsPolling, isLegacyRevision, type LegacyRevision, type Revision } from '../../mcp/revision.ts';
import { toValue } from '../../policy/index.ts';
import type { Identity } from '../rules/enforcer.ts';
import type { Hub } from '../upstream/hub.ts';
import { Flights, type Flight } from './flights.ts';
import type { CallContext } from './context.ts';
import { forward } from './forward.ts';
import { greetingForClient, readHello, type ClientHello } from './handshake.ts';
import { cancelledBy, dropNotification, refuseEndedGrant, refuseMethod } from './refusal.ts';
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
  /** Those of the whole connection, where requests of both eras come over it. */
  readonly flights?: Flights;
}

interface Established {
  readonly revision: Revision;
  readonly context: CallContext;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #flights: Flights;
  readonly #fromServer: ServerMessages;
  #hub: Hub | undefined;
  #established: Established | undefined;
  #isReady = false;
  /** From `initialize` on, unless that fails. */
  #isOpening = false;
  /** What the client wants to read of the log, for servers that are told with each request. */
  #level: string | undefined;
  #isClosed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#flights = options.flights ?? new Flights();
    this.#fromServer = new ServerMessages({ ...options, onReconnected: () => this.toolsChanged() });
  }

  /** Agreed on in `initialize`; `undefined` before. */
  get revision(): Revision | undefined {
    return this.#established?.revision;
  }

  /** Whether the client may come back for an answer: it knows how, and the server lets clients do so. */
  get isResumable(): boolean {
    const { revision } = this;
    return revision !== undefined && allowsPolling(revision) && (this.#hub?.link.keepsEvents ?? false);
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
    if (!this.#options.server.admits(this.#options.grant.id)) return this.#refuseGrant(request, flight);
    if (method === 'initialize') return void this.#initialize(request, flight);
    if (method === 'ping') return this.#flights.answer(flight, resultAnswer(id, {}));
    const established = this.#established;
    if (!established)
      return this.#flights.answer(flight, errorAnswer(id, errorCodes.invalidRequest, 'Send "initialize" first.'));
    this.#dispatch(established, request, flight);
  }

  #refuseGrant(request: IncomingRequest, flight: Flight): void {
    const { server } = this.#options;
    this.#flights.answer(flight, refuseEndedGrant(server.enforcer, this.#identity(), request));
  }

  #dispatch({ revision, context }: Established, request: IncomingRequest, flight: Flight): void {
    const standing = standingOfRequest(request.method, revision, this.#options.server.methods);
    if (standing !== 'passes')
      return this.#flights.answer(
        flight,
        refuseMethod(this.#options.server.enforcer, context.identity, request, standing),
      );
    this.#isReady = true;
    if (request.method === 'tools/call') void callTool(context, request, flight);
    else forward(context, request, flight);
  }

  async #initialize(request: IncomingRequest, flight: Flight): Promise<void> {
    const { server } = this.#options;
    const hello = this.#isOpening ? undefined : readHello(request.params, server.methods);
    if (!hello) {
      const message = this.#isOpening
        ? 'The session is initialized already.'
        : 'These are not the parameters of "initialize".';
      return this.#flights.answer(flight, errorAnswer(request.id, errorCodes.invalidRequest, message));
    }
    this.#isOpening = true;
    try {
      const hub = await this.#openHub(hello);
      const { greeting } = await hub.agreement();
      if (this.#isClosed) return;
      const agreed = greeting['protocolVersion'];
      this.#establish(hub, hello, isLegacyRevision(agreed) ? agreed : hello.revision);
      this.#flights.answer(flight, resultAnswer(request.id, greetingForClient(greeting)));
    } catch (error) {
      this.#fromServer.detach();
      this.#hub = undefined;
      this.#isOpening = false;
      const message = error instanceof UpstreamError ? error.message : 'The server could not be started.';
      this.#flights.answer(flight, errorAnswer(request.id, errorCodes.upstream, message));
    }
  }

  /** A server that may ask its client things needs to know which client it asks. Rejects with `UpstreamError`. */
  async #openHub(hello: ClientHello): Promise<Hub> {
    const { server, grant } = this.#options;
    const alone = hello.declared.size > 0;
    if (!alone) await server.pool.settled(hello.revision, grant.id);
    if (this.#isClosed) throw new UpstreamError('closed', 'The session ended.');
    const hub = alone ? server.pool.dedicated(hello.handshake) : server.pool.shared(hello.revision, grant.id);
    this.#hub = hub;
    this.#fromServer.attachTo(hub);
    return hub;
  }

  #establish(hub: Hub, hello: ClientHello, revision: LegacyRevision): void {
    const identity = this.#identity(hello.client);
    const { server, outlet } = this.#options;
    const { declared, handshake } = hello;
    const { clientInfo } = handshake;
    const context: CallContext = {
      ...{ server, outlet, hub, identity, declared, flights: this.#flights, listener: this.#fromServer },
      era: 'legacy',
      knowsTasks: false,
      client: () => ({
        ...(clientInfo === undefined ? {} : { clientInfo }),
        ...(this.#level === undefined ? {} : { logLevel: this.#level }),
      }),
      setLevel: (level) => (this.#level = level),
      ask: (method, params) => this.#fromServer.ask(method, params),
    };
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
      return dropNotification(server.enforcer, this.#identity(), message);
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

  #cancel(message: IncomingNotification): void {
    const cancelled = cancelledBy(message);
    if (cancelled) this.#flights.cancel(cancelled.id, cancelled.reason);
  }

  /** On a shared connection the server would take one client's roots or tasks for another's. */
  #forwardNotification(hub: Hub, { method, params }: IncomingNotification): void {
    if (hub.shared) return;
    const value = params && (toValue(params, 'source') as NotificationMessage['params']);
    hub.link.notify({ jsonrpc: '2.0', method, ...(value ? { params: value } : {}) });
  }
}
