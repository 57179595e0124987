/** A connection to a server for the sake of its tool list: every page, bounded, and news when the list changes. */
import type { Catalog, Tool } from '../catalog/tool.ts';
import type { Clock, Closeable, Log } from '../ports.ts';
import { withEnvelope } from './era/envelope.ts';
import { envelopeOf, negotiate, type Agreement } from './era/negotiate.ts';
import { UpstreamError } from './errors.ts';
import { openTransport } from './open.ts';
import type { Params, ResponseMessage } from './message.ts';
import { isObject } from './parse.ts';
import { formatBytes } from './oversize.ts';
import { PlainClient } from './plainClient.ts';
import { LATEST_LEGACY_REVISION } from './revision.ts';
import { readTools, type ToolsReading } from './tools.ts';
import type { ResolvedLaunch, Transport, TransportOptions } from './transport.ts';
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

const METHOD_NOT_FOUND = -32601;

/** What the gateway says of itself where it speaks for nobody else. */
const handshake = {
  protocolVersion: LATEST_LEGACY_REVISION,
  capabilities: {},
  clientInfo: { name: 'portcullis', version: '1' },
};

export class ToolSession implements Closeable {
  readonly #client: PlainClient;
  readonly #options: SessionOptions;
  readonly #clean: Cleaner;
  #agreement: Agreement = { era: 'legacy', greeting: {} };

  private constructor(client: PlainClient, options: SessionOptions, clean: Cleaner) {
    this.#client = client;
    this.#options = options;
    this.#clean = clean;
  }

  /** Connects and finds out what the server speaks. Rejects with `UpstreamError`. */
  static async open(launch: ResolvedLaunch, options: SessionOptions): Promise<ToolSession> {
    const { timeout = DEFAULT_TIMEOUT } = options;
    const transport = openTransport(launch, { connectTimeout: timeout, ...options });
    const client = new PlainClient(transport, {
      timeout,
      onNotification: ({ method }) => {
        if (method === 'notifications/tools/list_changed') options.onChanged?.();
      },
      onLost: (reason) => options.onLost?.(reason),
    });
    const session = new ToolSession(client, options, cleanerFor(launch));
    try {
      await session.#connect(transport);
      return session;
    } catch (error) {
      await session.close();
      throw session.#explain(error);
    }
  }

  async #connect(transport: Transport): Promise<void> {
    await this.#client.start();
    this.#agreement = await negotiate((...question) => this.#client.ask(...question), {
      params: handshake,
      first: 'legacy',
    });
    const { era, greeting } = this.#agreement;
    if (era === 'legacy') {
      transport.setProtocolVersion?.(String(greeting['protocolVersion']));
      this.#client.tell({ jsonrpc: '2.0', method: 'notifications/initialized' });
    } else if (this.#options.onChanged) this.#listen();
  }

  /** A server of the modern era tells of changes only to who asks. */
  #listen(): void {
    const params = this.#dress({ notifications: { toolsListChanged: true } });
    this.#client.ask('subscriptions/listen', params, Infinity).catch(() => undefined);
  }

  #dress(params: Params): Params {
    return this.#agreement.era === 'modern' ? withEnvelope(params, envelopeOf(handshake)) : params;
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
    await this.#client.close();
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
    const response = await this.#ask('tools/list', cursor === undefined ? {} : { cursor });
    if ('result' in response) return readPage(response.result);
    // A server without tools.
    if (response.error.code === METHOD_NOT_FOUND) return { tools: [], dropped: [], bytes: 0, next: undefined };
    const said = this.#clean(response.error.message);
    throw new UpstreamError('refused', `The server answered tools/list with an error: ${said}`, { sent: true });
  }

  async #ask(method: string, params: Params): Promise<ResponseMessage> {
    try {
      const response = await this.#client.ask(method, this.#dress(params));
      if (response) return response;
      throw new UpstreamError('timeout', `The server did not answer ${method}.`, { sent: true });
    } catch (error) {
      throw this.#explain(error);
    }
  }

  #catalog(tools: readonly Tool[]): Catalog {
    const { server, clock = Date.now } = this.#options;
    return { server, tools, readAt: clock(), source: 'live' };
  }

  #offers(): ToolListing['offers'] {
    const capabilities = this.#agreement.greeting['capabilities'];
    const has = (name: string): boolean => isObject(capabilities) && Object.hasOwn(capabilities, name);
    return { resources: has('resources'), prompts: has('prompts') };
  }

  /** Lists are read for the user, who may see what the server said last. */
  #explain(thrown: unknown): UpstreamError {
    if (this.#options.signal?.aborted)
      return new UpstreamError('closed', 'Listing the tools was cancelled.', { sent: true, cause: thrown });
    if (!(thrown instanceof UpstreamError))
      return new UpstreamError('garbage', "The server's answer is not what MCP describes.", {
        sent: true,
        cause: thrown,
      });
    const { code, report, sent, status, cause } = thrown;
    return new UpstreamError(code, report, { sent, cause, ...(status === undefined ? {} : { status }) });
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
