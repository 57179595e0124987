/**
 * `subscriptions/listen`: one client's stream of news, which lasts until the client closes it or the gateway stops. It carries what the
 * client opted in to and nothing else, under the id of the client's own request; changes of the tools also when an edit of the policy makes them.
 */
import { metaKeys } from '../../mcp/era/envelope.ts';
import type { Agreement } from '../../mcp/era/negotiate.ts';
import type { MessageId, NotificationMessage, Params, RequestMessage } from '../../mcp/message.ts';
import { isObject } from '../../mcp/parse.ts';
import { MODERN_REVISION } from '../../mcp/revision.ts';
import { toValue } from '../../policy/index.ts';
import { errorAnswer, errorCodes, resultAnswer } from '../message/answer.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import type { IncomingRequest } from '../message/frame.ts';
import { standingOfServerNotification } from '../message/method.ts';
import type { CallContext } from '../session/context.ts';
import type { Flight } from '../session/flights.ts';
import type { GovernedServer } from '../session/server.ts';
import type { UpstreamListener } from '../upstream/hub.ts';
import { capabilitiesOf } from './discover.ts';

const MAX_SUBSCRIPTIONS = 512;
const MAX_RESOURCES = 1_000;
/** News that wait for the acknowledgement. A server that says more before it has agreed loses the rest. */
const MAX_EARLY = 1_000;

/** The open streams of a face. */
export class Subscriptions {
  readonly #open = new Set<Subscription>();

  get isFull(): boolean {
    return this.#open.size >= MAX_SUBSCRIPTIONS;
  }

  add(subscription: Subscription): void {
    this.#open.add(subscription);
  }

  remove(subscription: Subscription): void {
    this.#open.delete(subscription);
  }

  /** An edit of the policy changed what is listed. */
  toolsChanged(server: GovernedServer): void {
    for (const each of this.#open) if (each.server === server) each.toolsChanged();
  }

  /** Ends the streams of which that is true. */
  endWhere(test: (grantId: string, server: string) => boolean): void {
    for (const each of [...this.#open]) if (test(each.grantId, each.server.name)) each.end();
  }

  /** The gateway stops: every stream gets its end. */
  close(): void {
    for (const each of [...this.#open]) each.end();
  }
}

interface Listening {
  readonly context: CallContext;
  readonly subscriptions: Subscriptions;
  readonly agreement: Agreement;
}

export async function listen(
  { context, subscriptions, agreement }: Listening,
  request: IncomingRequest,
  flight: Flight,
): Promise<void> {
  const refuse = (code: number, message: string): void =>
    context.flights.answer(flight, errorAnswer(request.id, code, message));
  const filter = readFilter(request);
  if (!filter)
    return refuse(errorCodes.invalidParams, '"notifications" says what to listen to, and must be an object.');
  if (subscriptions.isFull) return refuse(errorCodes.internal, 'Too many streams of news are open.');
  const subscription = new Subscription(context, flight);
  subscriptions.add(subscription);
  context.hub.attach(subscription);
  flight.onCancel = () => {
    subscriptions.remove(subscription);
    context.hub.detach(subscription);
  };
  await subscription.begin(filter, capabilitiesOf(agreement));
}

/** The kinds of news, by the member of the filter that opts in to them, and what the server must offer for it. */
const KINDS = [
  ['toolsListChanged', 'tools', 'notifications/tools/list_changed'],
  ['promptsListChanged', 'prompts', 'notifications/prompts/list_changed'],
  ['resourcesListChanged', 'resources', 'notifications/resources/list_changed'],
] as const;

function readFilter({ params }: IncomingRequest): Params | undefined {
  const value = params && (toValue(params, 'source') as Params);
  const filter = value?.['notifications'];
  if (!isObject(filter)) return undefined;
  const { resourceSubscriptions: uris = [] } = filter;
  const areUris = Array.isArray(uris) && uris.length <= MAX_RESOURCES && uris.every((uri) => typeof uri === 'string');
  return areUris && KINDS.every(([member]) => ['boolean', 'undefined'].includes(typeof filter[member]))
    ? filter
    : undefined;
}

class Subscription implements UpstreamListener {
  readonly server: GovernedServer;
  readonly grantId: string;
  readonly #context: CallContext;
  readonly #flight: Flight;
  readonly #id: MessageId;
  readonly #wanted = new Set<string>();
  /** Until the stream is acknowledged, news wait. */
  #early: NotificationMessage[] | undefined = [];

  constructor(context: CallContext, flight: Flight) {
    this.server = context.server;
    this.grantId = context.identity.grantId;
    this.#context = context;
    this.#flight = flight;
    this.#id = flight.id;
  }

  /** Opts in to what the server has, and says what that is. Never rejects. */
  async begin(filter: Params, capabilities: Params): Promise<void> {
    const honoured: Record<string, unknown> = {};
    for (const [member, part, method] of KINDS) {
      const offered = capabilities[part];
      const isOffered = isObject(offered) && offered['listChanged'] === true && this.#isOpen(method);
      if (filter[member] !== true || !isOffered) continue;
      honoured[member] = true;
      this.#wanted.add(method);
    }
    const uris = await this.#watch(filter['resourceSubscriptions']);
    if (uris.length > 0) honoured['resourceSubscriptions'] = uris;
    // What was asked of the server since the client left is taken back.
    if (this.#flight.isOver) return this.#context.hub.detach(this);
    this.#send({ jsonrpc: '2.0', method: ACKNOWLEDGED, params: { notifications: honoured } });
    for (const message of this.#early ?? []) this.#send(message);
    this.#early = undefined;
    if (Object.keys(honoured).length === 0) this.end();
  }

  notification(message: NotificationMessage): void {
    if (!this.#wanted.has(message.method)) return;
    if (!this.#early) this.#send(message);
    else if (this.#early.length < MAX_EARLY) this.#early.push(message);
  }

  request(message: RequestMessage): void {
    this.#context.hub.refuse(message.id, message.method);
  }

  toolsChanged(): void {
    this.notification({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
  }

  lost(): void {}

  /** Whatever changed meanwhile was not told. */
  reconnected(): void {
    for (const [, , method] of KINDS) this.notification({ jsonrpc: '2.0', method });
  }

  isAwaitingClient(): boolean {
    return false;
  }

  /** Ends the stream from this side. */
  end(): void {
    this.#flight.onCancel?.();
    const result = { resultType: 'complete', _meta: { [metaKeys.subscription]: this.#id } };
    this.#context.flights.answer(this.#flight, resultAnswer(this.#id, result));
  }

  #isOpen(method: string): boolean {
    return standingOfServerNotification(method, MODERN_REVISION, this.server.methods) === 'passes';
  }

  async #watch(uris: unknown): Promise<readonly string[]> {
    const watched: string[] = [];
    if (!Array.isArray(uris) || !this.#isOpen(UPDATED)) return watched;
    this.#wanted.add(UPDATED);
    for (const uri of uris as string[]) {
      if (this.#flight.isOver) break;
      if (await this.#context.hub.watch(this, uri)) watched.push(uri);
    }
    return watched;
  }

  #send(message: NotificationMessage): void {
    if (this.#flight.isOver) return;
    const { params } = message;
    const meta = isObject(params?.['_meta']) ? params['_meta'] : {};
    const tagged = { ...params, _meta: { ...meta, [metaKeys.subscription]: this.#id } };
    this.#flight.reply.relate(withoutOwnMeta({ ...message, params: tagged }));
  }
}

const ACKNOWLEDGED = 'notifications/subscriptions/acknowledged';
const UPDATED = 'notifications/resources/updated';
