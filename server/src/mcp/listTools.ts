/** Listing the tools of a server once. Loads what it needs when it is called: a gateway lists by itself and never needs the SDK. */
import type { ListOptions, ToolListing } from './toolSession.ts';
import type { ResolvedLaunch } from './transport.ts';

/** Connects, lists, disconnects. Rejects with `UpstreamError`. */
export async function listTools(launch: ResolvedLaunch, options: ListOptions): Promise<ToolListing> {
  const { ToolSession } = await import('./toolSession.ts');
  const session = await ToolSession.open(launch, options);
  try {
    return await session.list();
  } finally {
    await session.close();
  }
}
