/** The server under test over streamable HTTP, as plain as node:http allows. Prints its port; ends with its stdin. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTo } from './answers.mts';

const SESSION = 'bench-session';

const server = http.createServer((request, response) => {
  if (request.method === 'POST') return void receive(request, response);
  if (request.method === 'DELETE') return void response.writeHead(200, { 'content-length': 0 }).end();
  // The stream of the server's own messages, of which it has none.
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
});

function receive(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = answerTo(Buffer.concat(chunks).toString('utf8'));
    if (answer === undefined) return void response.writeHead(202, { 'content-length': 0 }).end();
    const type = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) };
    response.writeHead(200, { ...type, 'mcp-session-id': SESSION }).end(answer);
  });
}

server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));
process.stdin.on('end', () => process.exit()).resume();
