/**
 * Requests of the modern era, each complete in itself: who sends them is the grant, and what a client can be asked is said anew each time.
 * The same for every face. Must not see bytes, headers or sockets.
 */
import type { ErrorMessage } from '../../mcp/message.ts';
import { UpstreamError } from '../../mcp/index.ts';
import { MODERN_REVISION } from '../../mcp/revision.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import { readEnvelope, type ClientEnvelope } from '../message/envelope.ts';
import { errorIn } from '../message/eras.ts';
import type { IncomingNotification, IncomingRequest } from '../message/frame.ts';
import { offersTasks } from '../message/input.ts';
import { standingOfNotification, standingOfRequest } from '../message/method.ts';
import type { Identity } from '../rules/enforcer.ts';
import type { CallContext } from '../session/context.ts';
import { Flights, type Flight } from '../session/flights.ts';
import { forward } from '../session/forward.ts';
import { cancelledBy, dropNotification, refuseEndedGrant, refuseMethod } from '../session/refusal.ts';
import type { Reply } from '../session/reply.ts';
import type { GovernedServer, Grant } from '../session/server.ts';
import { callTool } from '../session/toolCall.ts';
import type { Hub } from '../upstream/hub.ts';
import { discover } from './discover.ts';
import { RequestListener } from './requestListener.ts';
import { listen, type Subscriptions } from './subscription.ts';

const MAX_FLIGHTS = 1024;

export interface ConversationOptions {
  readonly server: GovernedServer;
  readonly grant: Grant;
  /** How records and counters name what stands for a session: the grant over HTTP, the process on stdio (policy language §1). */
  readonly name: string;
  readonly flights?: Flights;
  readonly subscriptions: Subscriptions;
}

/** Looks at what only the face has, once the server is known; an error keeps the request from being judged at all. */
export type Inspect = (hub: Hub) => Promise<ErrorMessage | undefined>;

export class Conversation {
  readonly #options: ConversationOptions;
  readonly #flights: Flights;

  constructor(options: ConversationOptions) {
    this.#options = options;
    this.#flights = options.flights ?? new Flights();
  }

  /** Takes a request that claims to be of the modern era. It gets its answer through `reply`, unless the client cancels it. Never throws. */
  request(request: IncomingRequest, reply: Reply, inspect?: Inspect): void {
    const { id, method } = request;
    const { server } = this.#options;
    const refuse = (code: number, message: string, data?: unknown): void =>
      reply.answer(errorAnswer(id, code, message, data));
    const reading = readEnvelope(request.params, server.methods);
    if (!reading.ok) return refuse(reading.code, reading.message, reading.data);
    if (this.#flights.size >= MAX_FLIGHTS) return refuse(errorCodes.internal, 'Too many requests are in flight.');
    const flight = this.#flights.begin(id, reply);
    if (!flight) return refuse(errorCodes.invalidRequest, 'A request with this id is still in flight.');
    const { envelope } = reading;
    if (!server.admits(this.#options.grant.id))
      return this.#flights.answer(flight, refuseEndedGrant(server.enforcer, this.#identity(envelope), request));
    const standing = standingOfRequest(method, MODERN_REVISION, server.methods);
    if (standing === 'passes') return void this.#serve({ request, flight, envelope, ...(inspect ? { inspect } : {}) });
    this.#flights.answer(flight, refuseMethod(server.enforcer, this.#identity(envelope), request, standing));
  }

  /** Returns whether the protocol knows it. */
  notification(message: IncomingNotification): boolean {
    const { server } = this.#options;
    const standing = standingOfNotification(message.method, MODERN_REVISION, server.methods);
    if (standing !== 'passes') dropNotification(server.enforcer, this.identity, message);
    const cancelled = standing === 'passes' ? cancelledBy(message) : undefined;
    if (cancelled) this.#flights.cancel(cancelled.id, cancelled.reason);
    return standing === 'passes';
  }

  /** The client does not wait for any answer any more. */
  close(): void {
    this.#flights.cancelAll('The client is gone.');
  }

  /** Who sends, as far as that does not depend on the request. */
  get identity(): Identity {
    const { grant, name } = this.#options;
    return { grantId: grant.id, grantLabel: grant.label, session: name };
  }

  #identity({ client }: ClientEnvelope): Identity {
    return client === undefined ? this.identity : { ...this.identity, client };
  }

  async #serve(arrival: Arrival): Promise<void> {
    const { request, flight } = arrival;
    try {
      await this.#tryServe(arrival);
    } catch (error) {
      const isKnown = error instanceof UpstreamError;
      const message = isKnown ? error.message : "The request could not be handled. The gateway's log says why.";
      const { server } = this.#options;
      if (!isKnown) server.log.error('A request could not be handled.', { server: server.name });
      this.#flights.answer(flight, errorAnswer(request.id, errorCodes.internal, message));
    }
  }

  async #tryServe({ request, flight, envelope, inspect }: Arrival): Promise<void> {
    const { server, grant, subscriptions } = this.#options;
    await server.pool.settled(MODERN_REVISION, grant.id);
    if (flight.isOver) return;
    const hub = server.pool.shared(MODERN_REVISION, grant.id);
    const listener = new RequestListener(hub, flight, envelope.logLevel);
    const context = this.#context(hub, listener, envelope);
    hub.attach(listener);
    flight.onEnd = () => hub.detach(listener);
    const agreement = await hub.agreement();
    listener.askForLog();
    const problem = await inspect?.(hub);
    if (problem) return this.#refuseInspected(context, request, problem, flight);
    if (flight.isOver) return;
    if (request.method.startsWith('tasks/') && !(envelope.knowsTasks && offersTasks(agreement.discovered)))
      return this.#flights.answer(flight, refuseMethod(server.enforcer, context.identity, request, 'unknown'));
    if (request.method === 'tools/call') return callTool(context, request, flight);
    if (request.method === 'server/discover') return discover(context, agreement, flight);
    if (request.method === 'subscriptions/listen')
      return listen({ context, subscriptions, agreement }, request, flight);
    forward(context, request, flight);
  }

  #refuseInspected(
    context: CallContext,
    { method, params }: IncomingRequest,
    problem: ErrorMessage,
    flight: Flight,
  ): void {
    const { server } = this.#options;
    const name = params?.members.get('name')?.value;
    const tool = name?.kind === 'string' ? name.value : '';
    server.enforcer.recordRefusal(method, tool, context.identity, '(invalid request)', problem.error.message);
    this.#flights.answer(flight, errorIn('modern', problem));
  }

  #context(hub: Hub, listener: RequestListener, envelope: ClientEnvelope): CallContext {
    const { clientInfo, capabilities, logLevel, declared, knowsTasks } = envelope;
    const client = {
      ...(clientInfo === undefined ? {} : { clientInfo }),
      capabilities,
      ...(logLevel === undefined ? {} : { logLevel }),
    };
    return {
      ...{ hub, listener, declared, knowsTasks, server: this.#options.server, flights: this.#flights },
      era: 'modern',
      identity: this.#identity(envelope),
      outlet: () => undefined,
      client: () => client,
      ask: () => undefined,
    };
  }
}

interface Arrival {
  readonly request: IncomingRequest;
  readonly flight: Flight;
  readonly envelope: ClientEnvelope;
  readonly inspect?: Inspect;
}
