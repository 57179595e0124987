/** What is still missing before a gateway can start in this window. */
import type { ServerInfo } from '../language/language.ts';

/** `folder`: none is open that is on disk. `policy`: servers are configured, and none is governed. */
export type Missing = 'folder' | 'server' | 'policy';

/** Undefined: nothing. */
export function missingOf(hasFolder: boolean, servers: readonly Pick<ServerInfo, 'policyUri'>[]): Missing | undefined {
  if (!hasFolder) return 'folder';
  if (servers.length === 0) return 'server';
  return servers.every(({ policyUri }) => policyUri === undefined) ? 'policy' : undefined;
}
