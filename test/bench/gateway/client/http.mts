/** The load over streamable HTTP: node:http with kept connections. An answer may come as JSON or as one event of a stream. */
import http from 'node:http';
import type { Wire } from './conversation.mts';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly session: string | undefined;
}

export function httpWire(url: URL, headers: Readonly<Record<string, string>>): Wire {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
  const own: Record<string, string> = {
    ...headers,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const post = async (text: string): Promise<Answer> => {
    const answer = await send(url, { agent, headers: own }, text);
    if (answer.status >= 400) throw new Error(`HTTP ${answer.status}: ${answer.text.slice(0, 300)}`);
    if (answer.session !== undefined) own['mcp-session-id'] = answer.session;
    return answer;
  };
  return {
    ask: async (_id, text) => messageIn((await post(text)).text),
    tell: async (text) => void (await post(text)),
    agreed: (revision) => (own['mcp-protocol-version'] = revision),
    async [Symbol.asyncDispose]() {
      agent.destroy();
    },
  };
}

/** An answer as an event of a stream is told from JSON by how it begins. */
function messageIn(text: string): string {
  if (text.startsWith('{')) return text;
  const data = text.split('\n').filter((line) => line.startsWith('data:'));
  return data.map((line) => line.slice('data:'.length).trim()).join('');
}

function send(
  url: URL,
  { agent, headers }: { readonly agent: http.Agent; readonly headers: Readonly<Record<string, string>> },
  text: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(text) };
    const request = http.request(url, { method: 'POST', agent, headers: { ...headers, ...length } });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const session = response.headers['mcp-session-id'];
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString('utf8'),
          session: typeof session === 'string' ? session : undefined,
        });
      });
    });
    request.end(text);
  });
}
