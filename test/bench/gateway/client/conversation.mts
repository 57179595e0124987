/** What the load consists of: the messages of one client, whatever carries them, and whether an answer is the right one. */

/** Sends one JSON-RPC message as text; resolves with the text of its answer. */
export interface Wire extends AsyncDisposable {
  ask(id: number, text: string): Promise<string>;
  tell(text: string): Promise<void>;
  /** After `initialize`: which revision was agreed on. */
  agreed?(revision: string): void;
}

/** A path that the policy of the gateway under test allows by its conditions. */
const callParams = JSON.stringify({
  name: 'tool_007',
  arguments: { path: '/notes/2026/plan.md', size: 1200, text: 'The plan for the week: measure first, change then.' },
});

export class Conversation {
  readonly #wire: Wire;
  #lastId = 0;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** The handshake of a client that offers nothing. */
  async open(): Promise<void> {
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } };
    const answer = await this.#ask('initialize', JSON.stringify(params));
    const { result } = JSON.parse(answer) as { readonly result?: { readonly protocolVersion: string } };
    if (!result) throw new Error(`The handshake failed: ${answer.slice(0, 300)}`);
    this.#wire.agreed?.(result.protocolVersion);
    await this.#wire.tell('{"jsonrpc":"2.0","method":"notifications/initialized"}');
  }

  async call(): Promise<void> {
    const answer = await this.#ask('tools/call', callParams);
    if (!answer.includes('"done"')) throw new Error(`A call was not answered as it should be: ${answer.slice(0, 300)}`);
  }

  /** Resolves with the length of the list as text. */
  async list(): Promise<number> {
    const answer = await this.#ask('tools/list', '{}');
    if (!answer.includes('"tool_699"')) throw new Error(`A list is not what it should be: ${answer.slice(0, 300)}`);
    return answer.length;
  }

  #ask(method: string, params: string): Promise<string> {
    this.#lastId += 1;
    const id = this.#lastId;
    return this.#wire.ask(id, `{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${params}}`);
  }
}
