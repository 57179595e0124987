/**
 * The floor over HTTP: what any proxy in Node costs that reads nothing. node:http in, a keep-alive agent out, bytes piped.
 * `node httpProxy.mts URL`; prints its port; ends with its stdin.
 */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const target = new URL(process.argv[2] ?? '');
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });

const server = http.createServer((request, response) => {
  const { method, headers, url = '/' } = request;
  const onward = http.request({ host: target.hostname, port: target.port, path: url, method, headers, agent });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.writeHead(502).end());
  request.pipe(onward);
});

server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })));
process.stdin.on('end', () => process.exit()).resume();
