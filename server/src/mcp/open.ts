/** Chooses the transport that a launch asks for. */
import { StdioTransport } from './stdio/transport.ts';
import type { ResolvedLaunch, Transport, TransportOptions } from './transport.ts';

/** Nothing is spawned or contacted before `start`. */
export function openTransport(launch: ResolvedLaunch, options: TransportOptions): Transport {
  switch (launch.kind) {
    case 'stdio':
      return new StdioTransport(launch, options);
    case 'http':
    case 'sse':
      throw new Error('Remote servers are not connected yet.');
  }
}
