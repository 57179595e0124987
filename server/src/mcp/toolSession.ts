/** A connection to a server for the sake of its tool list: every page, bounded, and news when the list changes. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ResultSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import type { Catalog, Tool } from '../catalog/tool.ts';
import type { Clock, Closeable, Log } from '../ports.ts';
import { UpstreamError } from './errors.ts';
import { openTransport } from './open.ts';
import type { Params } from './message.ts';
import { formatBytes } from './oversize.ts';
import { SdkTransport } from './sdkTransport.ts';
import { isUnknownMethod, sdkFailure } from './sdkFailure.ts';
import { readTools, type ToolsReading } from './tools.ts';
import type { ResolvedLaunch, TransportOptions } from './transport.ts';
import { cleanerFor, type Cleaner } from './untrusted.ts';

const DEFAULT_TIMEOUT = 60_000;
const MAX_PAGES = 1_000;
/** Enough to see what is wrong with a server. */
const MAX_REASONS = 20;
const MAX_LIST_BYTES = 64 * 1024 * 1024;

export interface ListOptions extends TransportOptions {
  /** Name of the server, for the catalog. */
  readonly server: string;
  readonly log: Log;
  /** Milliseconds that each request may take. Default 60,000. */
  readonly timeout?: number;
  readonly clock?: Clock;
}

export interface SessionOptions extends ListOptions {
  /** The server says that its list has changed: list again. */
  readonly onChanged?: () => void;
  /** The connection ended by itself. */
  readonly onLost?: (reason: Error) => void;
}

export interface ToolListing {
  readonly catalog: Catalog;
  /** Malformed tools that were left out, and why the list may be incomplete. */
  readonly problems: readonly string[];
  /** What else the server offers: policies govern tools only. */
  readonly offers: { readonly resources: boolean; readonly prompts: boolean };
}

export class ToolSession implements Closeable {
  readonly #client: Client;
  readonly #transport: SdkTransport;
  readonly #options: SessionOptions;
  readonly #clean: Cleaner;

  private constructor(client: Client, transport: SdkTransport, options: SessionOptions, clean: Cleaner) {
    this.#client = client;
    this.#transport = transport;
    this.#options = options;
    this.#clean = clean;
  }

  /** Connects and initializes. Rejects with `UpstreamError`. */
  static async open(launch: ResolvedLaunch, options: SessionOptions): Promise<ToolSession> {
    const connectTimeout = options.timeout ?? DEFAULT_TIMEOUT;
    const transport = new SdkTransport(openTransport(launch, { connectTimeout, ...options }));
    const client = new Client({ name: 'portcullis', version: '1' }, { capabilities: {} });
    const session = new ToolSession(client, transport, options, cleanerFor(launch));
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => options.onChanged?.());
    client.onclose = () => transport.lost && options.onLost?.(transport.lost);
    try {
      await client.connect(transport, session.#requestOptions());
      return session;
    } catch (error) {
      await session.close();
      throw session.#explain(error, 'initialize');
    }
  }

  /** All pages. Rejects with `UpstreamError`. */
  async list(): Promise<ToolListing> {
    const tools: Tool[] = [];
    const problems: string[] = [];
    for await (const page of this.#pages()) {
      for (const tool of page.tools) tools.push(tool);
      problems.push(...page.dropped.slice(0, Math.max(0, MAX_REASONS - problems.length)));
      if (page.repeated) problems.push('The server names a page again that was read; the list may be incomplete.');
    }
    for (const problem of problems) this.#options.log.warn('tool list', { problem });
    return { catalog: this.#catalog(tools), problems, offers: this.#offers() };
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async *#pages(): AsyncGenerator<Page & { readonly repeated: boolean }> {
    const cursors = new Set<string>();
    let bytes = 0;
    for (let cursor: string | undefined; ;) {
      const page = await this.#page(cursor);
      cursor = page.next;
      bytes += page.bytes;
      if (bytes > MAX_LIST_BYTES) throw tooLong(`larger than ${formatBytes(MAX_LIST_BYTES)}`);
      const repeated = cursor !== undefined && cursors.has(cursor);
      yield { ...page, repeated };
      if (cursor === undefined || repeated) return;
      cursors.add(cursor);
      if (cursors.size >= MAX_PAGES) throw tooLong(`longer than ${MAX_PAGES} pages`);
    }
  }

  async #page(cursor: string | undefined): Promise<Page> {
    const params = cursor === undefined ? {} : { cursor };
    try {
      return readPage(
        await this.#client.request({ method: 'tools/list', params }, ResultSchema, this.#requestOptions()),
      );
    } catch (error) {
      // A server without tools.
      if (isUnknownMethod(error)) return { tools: [], dropped: [], bytes: 0, next: undefined };
      throw this.#explain(error, 'tools/list');
    }
  }

  #catalog(tools: readonly Tool[]): Catalog {
    const { server, clock = Date.now } = this.#options;
    return { server, tools, readAt: clock(), source: 'live' };
  }

  #offers(): ToolListing['offers'] {
    const capabilities = this.#client.getServerCapabilities();
    return { resources: capabilities?.resources !== undefined, prompts: capabilities?.prompts !== undefined };
  }

  #requestOptions(): { timeout: number; signal?: AbortSignal } {
    const { timeout = DEFAULT_TIMEOUT, signal } = this.#options;
    return signal ? { timeout, signal } : { timeout };
  }

  #explain(error: unknown, method: string): UpstreamError {
    const { signal, timeout = DEFAULT_TIMEOUT } = this.#options;
    const { lost } = this.#transport;
    return sdkFailure(error, { method, timeout, aborted: signal?.aborted ?? false, lost, clean: this.#clean });
  }
}

interface Page extends ToolsReading {
  readonly bytes: number;
  readonly next: string | undefined;
}

function readPage(result: Params): Page {
  // Doubles in place of kept number texts: a catalog is read, never forwarded.
  const text = JSON.stringify(result['tools'] ?? null);
  const reading = readTools(JSON.parse(text));
  if (!reading) throw new UpstreamError('garbage', 'The answer to tools/list holds no list of tools.', { sent: true });
  const next = result['nextCursor'];
  return { ...reading, bytes: text.length, next: typeof next === 'string' && next !== '' ? next : undefined };
}

function tooLong(how: string): UpstreamError {
  return new UpstreamError('too-large', `The server's tool list is ${how}; it is not read any further.`, {
    sent: true,
  });
}
