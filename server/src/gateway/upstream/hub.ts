/**
 * One upstream link and the sessions that use it, with what the gateway knows of its tools. A session whose client can be asked things
 * (sampling, elicitation, roots) has a hub to itself; the others of one grant and revision share one.
 */
import type { MessageId, NotificationMessage, Params, RequestMessage } from '../../mcp/message.ts';
import type { Closeable } from '../../ports.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import { isObject } from '../../mcp/parse.ts';
import type { Connection } from './connection.ts';
import type { Agreement } from '../../mcp/era/negotiate.ts';
import { UpstreamLink } from './link.ts';
import type { LinkOptions } from './linkPorts.ts';
import { Listening } from './listening.ts';
import { KeptPages } from './keptPages.ts';
import { listAllTools, type Ask } from './listing.ts';
import { SharedTraffic } from './sharedTraffic.ts';
import { Throttle } from './throttle.ts';
import { ToolDirectory } from './toolDirectory.ts';

/** What a session hears from its upstream. */
export interface UpstreamListener {
  notification(message: NotificationMessage): void;
  /** A request to the client; answered through the hub's link. */
  request(message: RequestMessage): void;
  /** The connection was lost: requests of the server that still wait for the client are void. */
  lost(): void;
  /** There is a new connection after a lost one: lists may differ. */
  reconnected(): void;
  isAwaitingClient(): boolean;
}

export interface HubEvents {
  /** Connected, lost, or another list of tools. */
  changed(): void;
  /** Nobody uses it any more. */
  abandoned(): void;
}

/** Some servers announce a change whenever they are asked for their list, and clients ask whenever they are told of one. */
const CHANGE_MILLISECONDS = 1000;

export class Hub implements Closeable {
  readonly link: UpstreamLink;
  readonly directory: ToolDirectory;
  /** What `directory` was read from. */
  readonly pages: KeptPages;
  /** Absent for a hub that one session has to itself. */
  readonly shared: SharedTraffic<UpstreamListener> | undefined;
  readonly #listeners = new Set<UpstreamListener>();
  readonly #listening: Listening<UpstreamListener>;
  readonly #events: HubEvents;
  #wasConnected = false;
  #hasSeveralGrants = false;
  #connection: Connection | undefined;
  /** The level that `askLevel` asked for last. */
  #level: string | undefined;
  readonly #changes = new Throttle<NotificationMessage>(CHANGE_MILLISECONDS, (message) => this.#toolsChanged(message));

  constructor(options: LinkOptions, shared: boolean, events: HubEvents) {
    this.#events = events;
    this.shared = shared ? new SharedTraffic() : undefined;
    this.link = new UpstreamLink(options, {
      notification: (message) => this.#notification(message),
      request: (message) => this.#request(message),
      connected: (...what) => this.#connected(...what),
      lost: () => this.#lost(),
      isAwaitingClient: () => this.#some((listener) => listener.isAwaitingClient()),
    });
    this.pages = new KeptPages(() => this.#hearsOfTools);
    const ask: Ask = (method, params) => this.link.ask(method, params);
    const list = (): ReturnType<typeof listAllTools> => this.pages.keep(ask, listAllTools);
    this.directory = new ToolDirectory({
      list,
      clock: options.clock,
      onChange: () => events.changed(),
      needsHeaders: () => this.#connection?.mirrorsHeaders ?? false,
      log: options.log,
    });
    this.#listening = new Listening(this.link, {
      news: (message) => this.#notification(message),
      resumed: () => this.#resumed(),
    });
  }

  attach(listener: UpstreamListener): void {
    this.#listeners.add(listener);
  }

  detach(listener: UpstreamListener): void {
    this.shared?.forget(listener);
    this.#listening.forget(listener);
    if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#events.abandoned();
  }

  get isUsed(): boolean {
    return this.#listeners.size > 0;
  }

  /** The server does not log, so that sessions of different grants may share the connection: nothing else that it says is about all of them. */
  get isSilent(): boolean {
    const { capabilities } = this.link;
    return capabilities !== undefined && !Object.hasOwn(capabilities, 'logging');
  }

  /** From now on sessions of several grants use it: should the server log all the same, no agent hears what may be of another's calls. */
  admitOtherGrants(): void {
    this.#hasSeveralGrants = true;
  }

  /** The client has said `initialized`: from now on the server may be asked, and its tools are read. */
  acknowledge(): void {
    this.link.acknowledge();
    this.#readTools();
  }

  /** What was agreed on with the server; connects where needed. Rejects with `UpstreamError`. */
  agreement(): Promise<Agreement> {
    return this.link.agreement();
  }

  /** Has the server tell of changes of a resource, in whatever way its era has. Resolves with whether it does. Never rejects. */
  async watch(listener: UpstreamListener, uri: string): Promise<boolean> {
    if (this.link.era === 'modern') return this.#listening.watch(listener, uri);
    if (!this.shared || this.shared.problemOfSubscribing(listener, uri) !== undefined) return false;
    try {
      await this.link.ask('resources/subscribe', { uri });
      this.shared.subscribe(listener, uri);
      return true;
    } catch {
      return false;
    }
  }

  /** Has a server of the legacy era log from that level on. One without a log says so, which nobody waits for. */
  askLevel(level: string): void {
    if (this.link.era !== 'legacy' || level === this.#level) return;
    this.#level = level;
    this.link.ask('logging/setLevel', { level }).catch(() => undefined);
  }

  unwatch(listener: UpstreamListener, uri: string): void {
    if (this.link.era === 'modern') return this.#listening.unwatch(listener, uri);
    if (this.shared?.unsubscribe(listener, uri)) this.link.ask('resources/unsubscribe', { uri }).catch(() => undefined);
  }

  close(): Promise<void> {
    this.#changes.stop();
    this.#listening.stop();
    return this.link.close();
  }

  /** Set while a change of the server's tools would be told here. */
  get #hearsOfTools(): number | undefined {
    const { capabilities, era } = this.link;
    const tools = capabilities?.['tools'];
    const isPromised = isObject(tools) && tools['listChanged'] === true;
    return isPromised && era === 'legacy' ? this.#connection?.transport.hearing : undefined;
  }

  #some(test: (listener: UpstreamListener) => boolean): boolean {
    for (const listener of this.#listeners) if (test(listener)) return true;
    return false;
  }

  #notification(message: NotificationMessage): void {
    if (message.method === 'notifications/message' && this.#hasSeveralGrants) return;
    if (message.method !== 'notifications/tools/list_changed') return this.#tell(message);
    // Whatever is told later: from now on no call is judged by the old list.
    this.directory.invalidate();
    this.#changes.tell(message);
  }

  #tell(message: NotificationMessage): void {
    for (const listener of this.#listeners) if (this.#isFor(listener, message)) listener.notification(message);
  }

  #isFor(listener: UpstreamListener, message: NotificationMessage): boolean {
    if (this.link.era === 'modern' && message.method === 'notifications/resources/updated')
      return this.#listening.isWatchedBy(listener, message.params?.['uri']);
    return this.shared?.isFor(listener, message) ?? true;
  }

  /** Several sessions cannot all answer one request, and none of them declared that it could. */
  #request(message: RequestMessage): void {
    const [listener] = this.#listeners;
    if (listener && !this.shared) listener.request(message);
    else this.refuse(message.id, message.method);
  }

  /** Tells the server that the client does not answer such requests. */
  refuse(id: MessageId, method: string): void {
    const message = `The client does not answer "${method.slice(0, 128)}".`;
    this.link.respond(errorAnswer(id, errorCodes.methodNotFound, message));
  }

  #connected({ era, discovered }: Agreement, connection: Connection): void {
    this.#connection = connection;
    if (era === 'modern') this.#listening.start(discovered?.['capabilities']);
    this.directory.invalidate();
    this.#readTools();
    if (this.#wasConnected) this.#tellOfReconnection();
    this.#wasConnected = true;
    this.#events.changed();
  }

  #resumed(): void {
    this.directory.invalidate();
    this.#tellOfReconnection();
  }

  #tellOfReconnection(): void {
    for (const listener of this.#listeners) listener.reconnected();
    for (const list of ['resources', 'prompts']) {
      const capability = this.link.capabilities?.[list] as Params | undefined;
      if (capability?.['listChanged'] === true)
        this.#tell({ jsonrpc: '2.0', method: `notifications/${list}/list_changed` });
    }
  }

  #lost(): void {
    this.directory.invalidate();
    for (const listener of this.#listeners) listener.lost();
    this.#events.changed();
  }

  /** Reads the new list before it is needed. */
  #toolsChanged(message: NotificationMessage): void {
    this.#tell(message);
    this.#readTools();
  }

  #readTools(): void {
    if (this.link.isAcknowledged && this.link.isConnected) this.directory.load().catch(() => undefined);
  }
}
