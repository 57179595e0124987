/** The upstream of the self-test: speaks both eras, and remembers what must never reach it. */
import type { Message, Params } from '../../mcp/message.ts';
import { LATEST_LEGACY_REVISION, MODERN_REVISION } from '../../mcp/revision.ts';
import type { Transport } from '../../mcp/transport.ts';

/** Lists every forbidden name, so that nothing but the policy stands in a call's way, and notes what arrives. */
export class RecordingUpstream implements Transport {
  onmessage?: ((message: Message) => void) | undefined;
  readonly #names: readonly string[];
  readonly #calls: Message[];

  /** `calls` takes what arrives. */
  constructor(names: readonly string[], calls: Message[]) {
    this.#names = names;
    this.#calls = calls;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  send(message: Message): Promise<void> {
    if (!('method' in message)) return Promise.resolve();
    if (message.method === 'tools/call') this.#calls.push(message);
    if ('id' in message)
      queueMicrotask(() => this.onmessage?.({ jsonrpc: '2.0', id: message.id, result: this.#answer(message.method) }));
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #answer(method: string): Params {
    if (method === 'tools/list')
      return { tools: this.#names.map((name) => ({ name, inputSchema: { type: 'object' } })) };
    const capabilities = { tools: {} };
    if (method === 'server/discover')
      return { resultType: 'complete', supportedVersions: [MODERN_REVISION], capabilities };
    return {
      protocolVersion: LATEST_LEGACY_REVISION,
      capabilities,
      serverInfo: { name: 'self-test', version: '1' },
    };
  }
}
