/** Asks a remote server what it wants of whoever has no token. */
import { Endpoint } from '../http/endpoint.ts';
import type { ResolvedLaunch } from '../transport.ts';
import { readChallenge, type Challenge } from './challenge.ts';

const TIMEOUT = 15_000;

/** Any request will do: access is denied before it is understood. */
const REQUEST = JSON.stringify({
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'portcullis', version: '1' } },
});

/** Empty when it lets us in, or does not say what it wants. Rejects with `UpstreamError` when it cannot be reached. */
export async function probe(launch: ResolvedLaunch, signal: AbortSignal): Promise<Challenge> {
  if (launch.kind === 'stdio') return {};
  const response = await new Endpoint(launch).exchange({
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: REQUEST,
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
  });
  response.discard();
  return response.status === 401 ? readChallenge(response.header('www-authenticate')) : {};
}
