/** Chooses the transport that a launch asks for. */
import { HttpTransport } from './http/fallback.ts';
import { SseTransport } from './http/sse.ts';
import { StdioTransport } from './stdio/transport.ts';
import type { ResolvedLaunch, Transport, TransportOptions } from './transport.ts';

/** Nothing is spawned or contacted before `start`. Throws `UpstreamError` for an address or header that cannot be used. */
export function openTransport(launch: ResolvedLaunch, options: TransportOptions): Transport {
  switch (launch.kind) {
    case 'stdio':
      return new StdioTransport(launch, options);
    case 'http':
      return new HttpTransport(launch, options);
    case 'sse':
      return new SseTransport(launch, options);
  }
}
