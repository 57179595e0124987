/** Who of several sessions on one upstream gets which notification: log messages by level, resource updates by subscription. */
import type { NotificationMessage, Params } from '../../mcp/message.ts';

/** RFC 5424 severities, least severe first. */
const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

const MAX_SUBSCRIPTIONS = 1_000;
const MAX_URI_LENGTH = 8_192;

export class SharedTraffic<Listener> {
  readonly #levels = new Map<Listener, number>();
  readonly #subscriptions = new Map<Listener, Set<string>>();

  /** Notes the level that a session asks for. Returns the level to ask of the server: the least severe that anyone wants. */
  setLevel(listener: Listener, level: unknown): string | undefined {
    const index = severityOf(level);
    if (index < 0) return undefined;
    this.#levels.set(listener, index);
    return LEVELS[Math.min(...this.#levels.values())];
  }

  /** Why the session may not subscribe to one more, for people; `undefined`: it may. */
  problemOfSubscribing(listener: Listener, uri: unknown): string | undefined {
    if (typeof uri !== 'string') return undefined;
    if (uri.length > MAX_URI_LENGTH) return `The address is longer than ${MAX_URI_LENGTH} characters.`;
    const own = this.#subscriptions.get(listener);
    if (!own || own.has(uri) || own.size < MAX_SUBSCRIPTIONS) return undefined;
    return `The session has ${MAX_SUBSCRIPTIONS} subscriptions already.`;
  }

  /** The server has agreed. */
  subscribe(listener: Listener, uri: unknown): void {
    if (typeof uri !== 'string' || this.problemOfSubscribing(listener, uri) !== undefined) return;
    const own = this.#subscriptions.get(listener) ?? new Set();
    this.#subscriptions.set(listener, own.add(uri));
  }

  /** Returns whether the server may be told: no other session still wants it. */
  unsubscribe(listener: Listener, uri: unknown): boolean {
    if (typeof uri !== 'string') return true;
    this.#subscriptions.get(listener)?.delete(uri);
    return ![...this.#subscriptions.values()].some((uris) => uris.has(uri));
  }

  forget(listener: Listener): void {
    this.#levels.delete(listener);
    this.#subscriptions.delete(listener);
  }

  isFor(listener: Listener, message: NotificationMessage): boolean {
    if (message.method === 'notifications/message') return this.#wantsLevel(listener, message.params);
    if (message.method === 'notifications/resources/updated') return this.#wantsUpdate(listener, message.params);
    return true;
  }

  #wantsLevel(listener: Listener, params: Params | undefined): boolean {
    const wanted = this.#levels.get(listener);
    const level = severityOf(params?.['level']);
    return wanted === undefined || level < 0 || level >= wanted;
  }

  /** A server may tell of a part of what was subscribed to. */
  #wantsUpdate(listener: Listener, params: Params | undefined): boolean {
    const uri = params?.['uri'];
    if (typeof uri !== 'string') return false;
    for (const subscribed of this.#subscriptions.get(listener) ?? []) if (uri.startsWith(subscribed)) return true;
    return false;
  }
}

/** −1 for what is no level. Not every value that a message may hold can be turned into a text. */
function severityOf(level: unknown): number {
  return LEVELS.findIndex((each) => each === level);
}
