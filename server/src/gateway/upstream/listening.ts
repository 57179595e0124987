/**
 * The news of a server of the modern era, which tells them only to who asks (`subscriptions/listen`): one stream for all sessions of a hub,
 * asked for anew when other resources are to be watched, and when it broke.
 */
import { metaKeys } from '../../mcp/era/envelope.ts';
import type { NotificationMessage, Params } from '../../mcp/message.ts';
import { isObject } from '../../mcp/parse.ts';
import type { Cancel } from './connection.ts';
import type { UpstreamLink } from './link.ts';

export interface ListeningEvents {
  news(message: NotificationMessage): void;
  /** The stream broke and stands again: whatever happened meanwhile was not told. */
  resumed(): void;
}

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const MAX_WATCHED = 1_000;
const MAX_URI_LENGTH = 8_192;

interface Opening {
  cancel?: Cancel;
  readonly resolve: (honoured: readonly unknown[] | Promise<readonly unknown[]>) => void;
}

export class Listening<Listener> {
  readonly #link: Pick<UpstreamLink, 'request' | 'isConnected'>;
  readonly #events: ListeningEvents;
  readonly #watched = new Map<string, Set<Listener>>();
  #offered: Params = {};
  /** The stream that the server has agreed to. */
  #standing: Opening | undefined;
  /** The one that was asked for last, until the server agrees. */
  #opening: Opening | undefined;
  /** Which of the openings is the valid one. */
  #generation = 0;
  #pause = FIRST_PAUSE;
  #timer: NodeJS.Timeout | undefined;

  constructor(link: Pick<UpstreamLink, 'request' | 'isConnected'>, events: ListeningEvents) {
    this.#link = link;
    this.#events = events;
  }

  /** `capabilities`: those of the server. Called for each new connection. */
  start(capabilities: unknown): void {
    this.#offered = isObject(capabilities) ? capabilities : {};
    this.#standing = undefined;
    this.#opening = undefined;
    if (this.#hasNews) void this.#open(false);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#generation += 1;
  }

  /** Resolves with whether the server tells of that resource. Never rejects. */
  async watch(listener: Listener, uri: string): Promise<boolean> {
    const watchers = this.#watched.get(uri);
    if (watchers) {
      watchers.add(listener);
      return true;
    }
    if (!this.#offers('resources', 'subscribe') || uri.length > MAX_URI_LENGTH || this.#watched.size >= MAX_WATCHED)
      return false;
    this.#watched.set(uri, new Set([listener]));
    const isHonoured = (await this.#open(false)).includes(uri);
    if (!isHonoured) this.#watched.delete(uri);
    return isHonoured;
  }

  unwatch(listener: Listener, uri: string): void {
    const watchers = this.#watched.get(uri);
    if (!watchers?.delete(listener) || watchers.size > 0) return;
    this.#watched.delete(uri);
    if (this.#link.isConnected) void this.#open(false);
  }

  forget(listener: Listener): void {
    for (const uri of [...this.#watched.keys()]) this.unwatch(listener, uri);
  }

  /** A server may tell of a part of what is watched. */
  isWatchedBy(listener: Listener, uri: unknown): boolean {
    if (typeof uri !== 'string') return false;
    for (const [watched, watchers] of this.#watched) if (watchers.has(listener) && uri.startsWith(watched)) return true;
    return false;
  }

  get #hasNews(): boolean {
    return Object.keys(this.#filter()).length > 0;
  }

  #offers(part: string, what: string): boolean {
    const offered = this.#offered[part];
    return isObject(offered) && offered[what] === true;
  }

  #filter(): Params {
    const uris = [...this.#watched.keys()];
    return {
      ...(this.#offers('tools', 'listChanged') ? { toolsListChanged: true } : {}),
      ...(this.#offers('prompts', 'listChanged') ? { promptsListChanged: true } : {}),
      ...(this.#offers('resources', 'listChanged') ? { resourcesListChanged: true } : {}),
      ...(uris.length > 0 ? { resourceSubscriptions: uris } : {}),
    };
  }

  /**
   * The old stream ends when the new one stands, so that no news fall between them; one that does not stand yet ends at once, so that a server
   * that never agrees has one to keep. Resolves with the resources that are told of.
   */
  #open(isResumption: boolean): Promise<readonly unknown[]> {
    clearTimeout(this.#timer);
    this.#generation += 1;
    const generation = this.#generation;
    const standing = this.#standing;
    const superseded = this.#opening;
    const opened = new Promise<readonly unknown[]>((resolve) => {
      const opening: Opening = { resolve };
      this.#opening = opening;
      const ended = (isWorthRepeating: boolean): void => {
        resolve([]);
        if (generation === this.#generation && isWorthRepeating && this.#link.isConnected) this.#openLater();
      };
      const related = (message: NotificationMessage): void => {
        if (message.method !== 'notifications/subscriptions/acknowledged') return this.#events.news(plain(message));
        // Once: each tells every client that its lists may have changed.
        if (this.#opening !== opening) return;
        this.#opening = undefined;
        this.#standing = opening;
        standing?.cancel?.();
        this.#pause = FIRST_PAUSE;
        if (isResumption) this.#events.resumed();
        resolve(honoured(message));
      };
      const answered = (): void => ended(false);
      const failed = (): void => ended(true);
      const params = { notifications: this.#filter() };
      const waiting = { answered, failed, related };
      opening.cancel = this.#link.request('subscriptions/listen', params, waiting, { isEndless: true });
    });
    superseded?.cancel?.();
    superseded?.resolve(opened);
    return opened;
  }

  #openLater(): void {
    this.#timer = setTimeout(() => void this.#open(true), this.#pause).unref();
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }
}

function honoured({ params }: NotificationMessage): readonly unknown[] {
  const filter = params?.['notifications'];
  const uris = isObject(filter) ? filter['resourceSubscriptions'] : undefined;
  return Array.isArray(uris) ? uris : [];
}

/** The number of our stream means nothing to clients. */
function plain(message: NotificationMessage): NotificationMessage {
  const meta = message.params?.['_meta'];
  if (!isObject(meta)) return message;
  const rest = Object.fromEntries(Object.entries(meta).filter(([key]) => key !== metaKeys.subscription));
  const { _meta, ...others } = message.params ?? {};
  return { ...message, params: Object.keys(rest).length === 0 ? others : { ...others, _meta: rest } };
}
