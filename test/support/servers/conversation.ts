/** Talks to a server through a transport, in tests: sends messages and collects what comes back. */
import { openTransport } from '../../../server/src/mcp/open.ts';
import type { Message, RequestMessage, ResponseMessage } from '../../../server/src/mcp/message.ts';
import type { ResolvedLaunch, Transport, TransportOptions } from '../../../server/src/mcp/transport.ts';
import { collectingLog, type LogEntry } from './log.ts';

export interface Conversation extends AsyncDisposable {
  readonly transport: Transport;
  readonly messages: readonly Message[];
  readonly log: readonly LogEntry[];
  /** Why the connection ended, once it has. */
  readonly closed: Promise<Error | undefined>;
  /** Sends a request and resolves with its answer; rejects when `send` does. */
  ask(method: string, params?: RequestMessage['params']): Promise<ResponseMessage>;
  /** Resolves with the first notification of this method. */
  told(method: string): Promise<Message>;
  initialize(): Promise<ResponseMessage>;
}

export async function converse(launch: ResolvedLaunch, options: Partial<TransportOptions> = {}): Promise<Conversation> {
  const { log, entries } = collectingLog();
  const transport = openTransport(launch, { log, retryDelay: 10, ...options });
  const messages: Message[] = [];
  const watchers = new Set<(message: Message) => void>();
  transport.onmessage = (message) => {
    messages.push(message);
    for (const watcher of watchers) watcher(message);
  };
  const closed = new Promise<Error | undefined>((resolve) => (transport.onclose = resolve));
  await transport.start();

  const first = (wanted: (message: Message) => boolean): Promise<Message> =>
    new Promise((resolve) => {
      const seen = messages.find(wanted);
      if (seen) return resolve(seen);
      const watcher = (message: Message): void => {
        if (!wanted(message)) return;
        watchers.delete(watcher);
        resolve(message);
      };
      watchers.add(watcher);
    });

  let nextId = 1;
  const ask: Conversation['ask'] = async (method, params) => {
    const id = nextId++;
    const answer = first((message) => !('method' in message) && message.id === id);
    const sent = transport.send({ jsonrpc: '2.0', id, method, ...(params ? { params } : {}) });
    // A send that settles proves nothing over stdio; one that fails is final.
    return (await Promise.race([answer, sent.then(() => answer)])) as ResponseMessage;
  };

  return {
    transport,
    messages,
    log: entries,
    closed,
    ask,
    told: (method) => first((message) => 'method' in message && message.method === method),
    initialize: async () => {
      const clientInfo = { name: 'test', version: '1' };
      const answer = await ask('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
      await transport.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
      return answer;
    },
    [Symbol.asyncDispose]: () => transport.close(),
  };
}

/** The text of a tool call's answer. */
export function textOf(answer: ResponseMessage): string {
  if ('error' in answer) return `error ${answer.error.code}: ${answer.error.message}`;
  const content = answer.result['content'] as readonly { readonly text?: string }[];
  return content.map(({ text }) => text ?? '').join('');
}
