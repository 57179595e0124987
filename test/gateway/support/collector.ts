/** An OpenTelemetry collector as far as a sender sees it: a real HTTP server that keeps what it is sent, or never answers. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface OtlpLog {
  readonly eventName?: string;
  readonly attributes: readonly OtlpAttribute[];
}

export interface LogsRequest {
  readonly resourceLogs: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeLogs: readonly { readonly logRecords: readonly OtlpLog[] }[];
  }[];
}

export interface Collector extends AsyncDisposable {
  readonly url: string;
  /** Bodies by path. */
  readonly received: readonly { readonly path: string; readonly body: unknown }[];
  readonly logs: () => readonly OtlpLog[];
}

/** `silent`: takes requests and never answers. */
export async function startCollector({ silent = false } = {}): Promise<Collector> {
  const received: { path: string; body: unknown }[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      received.push({ path: request.url ?? '', body });
      if (!silent) response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    received,
    logs: () => received.filter(({ path }) => path === '/v1/logs').flatMap(({ body }) => logsOf(body as LogsRequest)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function logsOf({ resourceLogs }: LogsRequest): readonly OtlpLog[] {
  return resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));
}

/** The text or number of an attribute. */
export function attribute({ attributes }: OtlpLog, key: string): unknown {
  return Object.values(attributes.find((each) => each.key === key)?.value ?? {})[0];
}
