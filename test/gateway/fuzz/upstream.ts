/** The server behind the gateway: answers everything, and looks at each message that arrives through every lens. */
import type { Message, Params, RequestMessage } from '../../../server/src/mcp/message.ts';
import type { Transport } from '../../../server/src/mcp/transport.ts';
import { fragmentsOf, lenses } from './lenses.ts';
import type { Report } from './report.ts';
import { LIMIT, TOOLS, type World } from './world.ts';

const PAGE = 3;

export class JudgingUpstream {
  readonly #world: World;
  readonly #report: Report;
  #limited = 0;
  #answers = 0;
  #lastTask = 0;

  constructor(world: World, report: Report) {
    this.#world = world;
    this.#report = report;
  }

  /** Looks at one message, as the text that arrived. Returns whether it must not have arrived. */
  judge(text: string): boolean {
    const seenBy = Object.entries(lenses).filter(([, read]) =>
      fragmentsOf(text).some((each) => this.#isForbidden(read, each)),
    );
    for (const [lens] of seenBy) this.#report.found(`a forbidden message arrived, as read by: ${lens}`, text);
    const { method, params } = JSON.parse(text) as { method?: string; params?: { name?: string } };
    this.#report.count(`arrived: ${method ?? 'an answer'}`);
    if (method !== 'tools/call' || params?.name !== 'limited') return seenBy.length > 0;
    this.#limited += 1;
    if (this.#limited > LIMIT) this.#report.found('more calls arrived than the limit allows', text);
    return this.#limited > LIMIT || seenBy.length > 0;
  }

  open(): Transport {
    const ids = new Set<unknown>();
    const transport: Transport = {
      start: () => Promise.resolve(),
      close: () => Promise.resolve(),
      send: (message: Message) => {
        this.judge(JSON.stringify(message));
        if (!('method' in message) || !('id' in message)) return Promise.resolve();
        if (ids.has(message.id)) this.#report.found('two requests had one id', JSON.stringify(message));
        ids.add(message.id);
        const answer = this.answerTo(message);
        this.#answers += 1;
        // Some answers overtake others.
        if (this.#answers % 3 === 0) setImmediate(() => transport.onmessage?.(answer));
        else queueMicrotask(() => transport.onmessage?.(answer));
        return Promise.resolve();
      },
    };
    return transport;
  }

  answerTo({ id, method, params }: RequestMessage): Message {
    if (method === 'tools/call' && params?.['name'] === 'limited')
      return { jsonrpc: '2.0', id, error: { code: -32000, message: 'It failed, and what it did stays done.' } };
    return { jsonrpc: '2.0', id, result: { resultType: 'complete', ...this.#resultOf(method, params) } };
  }

  #isForbidden(read: (text: string) => unknown, text: string): boolean {
    try {
      return this.#world.isForbidden(read(text));
    } catch {
      return false;
    }
  }

  #resultOf(method: string, params: Params | undefined): Params {
    switch (method) {
      case 'initialize':
        return {
          protocolVersion: params?.['protocolVersion'],
          capabilities: {
            tools: {},
            resources: { subscribe: true },
            prompts: {},
            completions: {},
            logging: {},
            tasks: {},
          },
          serverInfo: { name: 'judge', version: '1' },
        };
      case 'server/discover':
        return this.#world.speaksModern ? discovery : {};
      case 'tools/list':
        return pageOf(params?.['cursor']);
      case 'tools/call':
        if (params && 'task' in params) return { task: { taskId: `task-${(this.#lastTask += 1)}`, status: 'working' } };
        return { content: [{ type: 'text', text: JSON.stringify(params?.['arguments'] ?? null) }] };
      default:
        return {};
    }
  }
}

const discovery: Params = {
  supportedVersions: ['2026-07-28'],
  capabilities: { tools: {}, resources: { subscribe: true }, prompts: {}, completions: {} },
  serverInfo: { name: 'judge', version: '1' },
};

function pageOf(cursor: unknown): Params {
  const page = typeof cursor === 'string' && /^[0-9]$/.test(cursor) ? Number(cursor) : 0;
  const start = page * PAGE;
  const tools = TOOLS.slice(start, start + PAGE).map((name) => ({ name, inputSchema: { type: 'object' } }));
  return start + PAGE < TOOLS.length ? { tools, nextCursor: String(page + 1) } : { tools };
}
