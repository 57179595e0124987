/** Requests to authorization servers: where they may go, and how much they may bring. */
import type dns from 'node:dns';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardedFetch } from '../../../../server/src/mcp/oauth/guardedFetch.ts';
import { ReachRule } from '../../../../server/src/mcp/oauth/reach.ts';

const UPGRADE = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n';
const arrived: string[] = [];
const server = http.createServer((request, response) => {
  arrived.push(request.url ?? '');
  if (request.url === '/elsewhere') return void response.writeHead(302, { location: '/secret' }).end();
  if (request.url === '/huge') return void response.end('x'.repeat(600 * 1024));
  if (request.url === '/upgrade') return void request.socket.write(UPGRADE);
  const status = /^\/status\/(\d+)$/.exec(request.url ?? '')?.[1];
  response.statusCode = Number(status ?? 200);
  response.setHeader('content-type', 'application/json').end('{"a":1}');
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** Resolves every name to these addresses. */
function resolvingTo(...addresses: string[]): typeof dns.lookup {
  const lookup = (_name: string, _options: unknown, callback: (error: null, found: unknown) => void): void =>
    callback(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))); // prettier-ignore
  return lookup as unknown as typeof dns.lookup;
}

const local = guardedFetch({ rule: new ReachRule(new URL('http://localhost:1/')) });
const remote = (...addresses: string[]) =>
  guardedFetch({ rule: new ReachRule(new URL('https://mcp.example')), lookup: resolvingTo(...addresses) });

test('what is permitted arrives and comes back', async () => {
  const response = await local(`${origin}/metadata`);
  expect(await response.json()).toEqual({ a: 1 });
});

test('a redirect is not followed', async () => {
  const response = await local(`${origin}/elsewhere`);
  expect(response.status).toBe(302);
  expect(arrived).not.toContain('/secret');
});

test('an answer without end is cut off', async () => {
  await expect(local(`${origin}/huge`)).rejects.toThrow('more than 512 KiB');
});

test('an answer under a status that has no body costs only the body', async () => {
  expect(await (await local(`${origin}/status/205`)).text()).toBe('');
});

test.each(['/status/600', '/status/999', '/upgrade'])(
  'an answer that is none (%s) is an error, and no more',
  async (path) => {
    await expect(local(origin + path)).rejects.toMatchObject({ name: 'UpstreamError' });
  },
);

describe('a server elsewhere cannot send us into our own network', () => {
  test.each([
    ['a name that leads there', 'https://login.example/token', ['10.0.0.1']],
    ['one of several addresses', 'https://login.example/token', ['93.184.215.14', '169.254.169.254']],
    ['a name without addresses', 'https://login.example/token', []],
    ['a literal address', 'https://192.168.0.1/token', []],
    ['this machine', 'https://127.0.0.1/token', []],
    ['this machine by another spelling', 'https://2130706433/token', []],
    ['this machine in IPv6', 'https://[::1]/token', []],
    ['a mapped address', 'https://[::ffff:10.0.0.1]/token', []],
    ['the name of this machine', 'http://localhost/token', ['127.0.0.1']],
    ['the metadata of a cloud', 'https://169.254.169.254/latest', []],
  ])('%s', async (_what, url, addresses) => {
    await expect(remote(...addresses)(url)).rejects.toThrow('leads into a private network or to this machine');
  });

  test('not even to a server that listens: nothing is connected', async () => {
    const before = arrived.length;
    await expect(remote('127.0.0.1')(`${origin}/metadata`)).rejects.toThrow('leads into a private network');
    expect(arrived.length).toBe(before);
  });
});

test.each(['http://login.example/', 'javascript:alert(1)', 'file:///etc/passwd', 'vscode://x/y', 'data:text/html,x'])(
  'the scheme of %s is refused',
  async (url) => {
    await expect(local(url)).rejects.toThrow('is not an https address');
  },
);

test('an address with a user name is refused, and its password is not shown', async () => {
  await expect(local('https://user:hunter2@login.example/')).rejects.toThrow(/^(?!.*hunter2).*carries a user name/);
});
