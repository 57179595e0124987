/** The exchange with a remote server, as bytes on real connections. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readEvents, readText } from '../../../server/src/mcp/http/body.ts';
import { Endpoint } from '../../../server/src/mcp/http/endpoint.ts';
import type { Answer } from '../../../server/src/mcp/http/exchange.ts';

interface Served extends AsyncDisposable {
  readonly endpoint: Endpoint;
  connections(): number;
}

async function serve(listener: RequestListener): Promise<Served> {
  let connections = 0;
  const server = createServer(listener).on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  return {
    endpoint: new Endpoint({ kind: 'http', url, headers: {} }),
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function post({ endpoint }: Served, signal = new AbortController().signal): Promise<Answer> {
  return endpoint.exchange({ method: 'POST', headers: {}, body: '{}', signal });
}

describe('a body', () => {
  test.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('that was compressed unasked (%s) is read, and bounded by what comes out of it', async (encoding, compress) => {
    const text = 'x'.repeat(100_000);
    await using served = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(compress(text));
    });
    expect(await readText(await post(served), 100_000)).toBe(text);
    await expect(readText(await post(served), 99_999)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('that is a compressed stream is read event by event', async () => {
    const { createGzip } = await import('node:zlib');
    await using served = await serve((_request, response) => {
      const zip = createGzip();
      response.writeHead(200, { 'content-encoding': 'gzip' });
      zip.pipe(response);
      zip.write('data: first\n\n');
      // No end: whoever waits for the whole would wait for ever.
      zip.flush();
    });
    const events: string[] = [];
    const sink = { event: ({ data }: { data: string }) => (events.push(data), 'done' as const) };
    expect(await readEvents(await post(served), 1_000, sink)).toBe('done');
    expect(events).toEqual(['first']);
  });

  test('that is cut off is no answer', async () => {
    await using served = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy());
    });
    await expect(readText(await post(served), 1_000)).rejects.toMatchObject({ code: 'died', sent: true });
  });

  test('that never ends can be given up', async () => {
    await using served = await serve((_request, response) => void response.writeHead(200).write('half'));
    const given = new AbortController();
    const answer = await post(served, given.signal);
    const reading = readText(answer, 1_000);
    given.abort();
    await expect(reading).rejects.toMatchObject({ code: 'died' });
  });
});

describe('connections', () => {
  test('are used again, also where the body was not wanted', async () => {
    await using served = await serve((_request, response) => void response.end('{}'));
    for (let index = 0; index < 5; index++) {
      const answer = await post(served);
      if (index % 2 === 0) await readText(answer, 100);
      else await new Promise<void>((resolve) => setImmediate(() => resolve(answer.discard())));
    }
    expect(served.connections()).toBeLessThan(4);
  });

  test('are not kept for a body without end that is not wanted', async () => {
    let closed: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => (closed = resolve));
    await using served = await serve((_request, response) => {
      response.once('close', () => closed());
      response.writeHead(200).write('x'.repeat(100_000));
    });
    (await post(served)).discard();
    await gone;
  });
});

test.each(['Content-Length', 'transfer-encoding', 'Connection'])(
  'a definition must not set %s: two readings of where a message ends are one too many',
  (name) => {
    const launch = { kind: 'http', url: 'http://127.0.0.1:1/mcp', headers: { [name]: '0' } } as const;
    expect(() => new Endpoint(launch)).toThrow(`The header "${name}" is not for a definition to set.`);
  },
);

test('a server that goes over to another protocol has not answered', async () => {
  await using served = await serve(({ socket }) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n');
  });
  await expect(post(served)).rejects.toMatchObject({ code: 'died', sent: true });
});
