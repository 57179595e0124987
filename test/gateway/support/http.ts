/** Speaks HTTP to a gateway byte for byte: any header, twice if need be, any body. */
import http from 'node:http';
import type { TestGateway } from './running.ts';

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, or the last event of a stream. */
  readonly json: {
    readonly result?: Record<string, unknown>;
    readonly error?: { code: number; message: string; data?: unknown };
  };
}

export interface Request {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string | Uint8Array;
}

/** What an honest client sends. `undefined` in `headers` leaves one out. */
export function send(running: Pick<TestGateway, 'url' | 'token'>, request: Request = {}): Promise<Answer> {
  const { method = 'POST', path = running.url.pathname, body = '' } = request;
  const headers = Object.entries({
    host: running.url.host,
    authorization: `Bearer ${running.token}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...request.headers,
  }).flatMap(([name, value]) => (value === undefined ? [] : [value].flat().flatMap((each) => [name, each])));
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { host: '127.0.0.1', port: running.url.port, method, path, headers, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: jsonOf(text) }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function jsonOf(text: string): Answer['json'] {
  const event = /^data: (.*)$/gm;
  const last = [...text.matchAll(event)].at(-1)?.[1] ?? text;
  try {
    return JSON.parse(last) as Answer['json'];
  } catch {
    return {};
  }
}

/** A session as a client opens it, for messages written by hand. */
export interface RawSession {
  readonly id: string;
  readonly revision: string;
  post(body: unknown, headers?: Request['headers']): Promise<Answer>;
  call(name: string, args?: unknown): Promise<Answer>;
}

export async function openSession(
  running: Pick<TestGateway, 'url' | 'token'>,
  { revision = '2025-11-25', capabilities = {} }: { revision?: string; capabilities?: object } = {},
): Promise<RawSession> {
  const params = { protocolVersion: revision, capabilities, clientInfo: { name: 'raw', version: '1' } };
  const answer = await send(running, {
    body: JSON.stringify({ jsonrpc: '2.0', id: 'init', method: 'initialize', params }),
  });
  const id = answer.headers['mcp-session-id'];
  if (typeof id !== 'string') throw new Error(`no session: ${answer.status} ${answer.text}`);
  const post: RawSession['post'] = (body, headers = {}) =>
    send(running, {
      headers: { 'mcp-session-id': id, 'mcp-protocol-version': revision, ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
  await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
  let lastId = 0;
  const call: RawSession['call'] = (name, args = {}) => {
    lastId += 1;
    return post({ jsonrpc: '2.0', id: lastId, method: 'tools/call', params: { name, arguments: args } });
  };
  return { id, revision, post, call };
}

/** The rule that a denial names to the agent; `undefined` when the call was not denied. */
export function ruleOf({ json }: Answer): string | undefined {
  const meta = json.result?.['_meta'] as { 'portcullis/decision'?: { rule: string } } | undefined;
  return meta?.['portcullis/decision']?.rule;
}
