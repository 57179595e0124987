/**
 * One upstream link and the sessions that use it, with what the gateway knows of its tools. A session whose client can be asked things
 * (sampling, elicitation, roots) has a hub to itself; the others of one grant and revision share one.
 */
import type { MessageId, NotificationMessage, Params, RequestMessage } from '../../mcp/message.ts';
import type { Closeable } from '../../ports.ts';
import { errorAnswer, errorCodes } from '../message/answer.ts';
import { UpstreamLink, type LinkOptions } from './link.ts';
import { listAllTools } from './listing.ts';
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
  /** Absent for a hub that one session has to itself. */
  readonly shared: SharedTraffic<UpstreamListener> | undefined;
  readonly #listeners = new Set<UpstreamListener>();
  readonly #events: HubEvents;
  #wasConnected = false;
  #hasSeveralGrants = false;
  readonly #changes = new Throttle<NotificationMessage>(CHANGE_MILLISECONDS, (message) => this.#toolsChanged(message));

  constructor(options: LinkOptions, shared: boolean, events: HubEvents) {
    this.#events = events;
    this.shared = shared ? new SharedTraffic() : undefined;
    this.link = new UpstreamLink(options, {
      notification: (message) => this.#notification(message),
      request: (message) => this.#request(message),
      connected: () => this.#connected(),
      lost: () => this.#lost(),
      isAwaitingClient: () => this.#some((listener) => listener.isAwaitingClient()),
    });
    const list = (): ReturnType<typeof listAllTools> => listAllTools((method, params) => this.link.ask(method, params));
    this.directory = new ToolDirectory(list, options.clock, () => events.changed());
  }

  attach(listener: UpstreamListener): void {
    this.#listeners.add(listener);
  }

  detach(listener: UpstreamListener): void {
    this.shared?.forget(listener);
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

  /** The greeting that clients get: the server's own. Rejects with `UpstreamError`. */
  greeting(): Promise<Params> {
    return this.link.greeting();
  }

  close(): Promise<void> {
    this.#changes.stop();
    return this.link.close();
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
    for (const listener of this.#listeners)
      if (this.shared?.isFor(listener, message) ?? true) listener.notification(message);
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

  #connected(): void {
    this.directory.invalidate();
    this.#readTools();
    if (this.#wasConnected) for (const listener of this.#listeners) listener.reconnected();
    this.#wasConnected = true;
    this.#events.changed();
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
