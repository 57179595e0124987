/**
 * A small MCP client for the demo's calls: it goes the way of any agent, over HTTP to the gateway with the token of this machine. Knows nothing of
 * `vscode`, and just as much of the protocol as the demo needs (MCP 2025-11-25, "streamable HTTP").
 */
import { request, type IncomingHttpHeaders } from 'node:http';
import type { DemoCall } from './policy.ts';

const REVISION = '2025-11-25';

export interface DemoAnswer {
  /** What the agent is told. */
  readonly text: string;
  readonly isError: boolean;
}

interface Reply {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface RpcAnswer {
  readonly id?: number;
  readonly result?: { readonly content?: readonly { readonly text?: string }[]; readonly isError?: boolean };
  readonly error?: { readonly message: string };
}

export class DemoAgent {
  readonly #url: string;
  readonly #token: string;
  readonly #signal: AbortSignal;
  #session: string | undefined;
  #count = 0;

  /** `signal`: ends what is under way. */
  constructor(url: string, token: string, signal: AbortSignal) {
    this.#url = url;
    this.#token = token;
    this.#signal = signal;
  }

  /** Throws when the gateway does not want to talk. */
  async connect(): Promise<void> {
    const clientInfo = { name: 'demo-agent', version: '1.0.0' };
    const params = { protocolVersion: REVISION, capabilities: {}, clientInfo };
    const { headers } = await this.#send('initialize', params);
    const session = headers['mcp-session-id'];
    if (typeof session === 'string') this.#session = session;
    await this.#post({ method: 'notifications/initialized' });
  }

  /** A denial is an answer too. */
  async call({ tool, arguments: given }: DemoCall): Promise<DemoAnswer> {
    const { body } = await this.#send('tools/call', { name: tool, arguments: given });
    const { result, error } = answerIn(body, this.#count);
    if (error !== undefined) return { text: error.message, isError: true };
    return { text: result?.content?.[0]?.text ?? '', isError: result?.isError === true };
  }

  async close(): Promise<void> {
    await this.#post(undefined, 'DELETE');
  }

  async #send(method: string, params: object): Promise<Reply> {
    this.#count += 1;
    return await this.#post({ id: this.#count, method, params });
  }

  async #post(message: object | undefined, method = 'POST'): Promise<Reply> {
    const body = message === undefined ? '' : JSON.stringify({ jsonrpc: '2.0', ...message });
    return await new Promise((resolve, reject) => {
      const sent = request(this.#url, { method, headers: this.#headers(), signal: this.#signal }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('error', reject);
        response.once('end', () => {
          if ((response.statusCode ?? 500) < 400) resolve({ headers: response.headers, body: text });
          else reject(new Error(`The gateway answered ${String(response.statusCode)}: ${text}`));
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  #headers(): Readonly<Record<string, string>> {
    return {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${this.#token}`,
      'mcp-protocol-version': REVISION,
      ...(this.#session !== undefined && { 'mcp-session-id': this.#session }),
    };
  }
}

/** The answer stands in the body alone, or as an event among others. */
function answerIn(body: string, id: number): RpcAnswer {
  const texts = body.startsWith('{') ? [body] : [...body.matchAll(/^data: ?(\{.*)$/gm)].map((match) => match[1] ?? '');
  const answer = texts.map((text) => JSON.parse(text) as RpcAnswer).find((each) => each.id === id);
  if (answer === undefined) throw new Error('The gateway sent no answer.');
  return answer;
}
