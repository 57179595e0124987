/** Lock files of the server that the gateways of these tests have. */
import { lockServer, writeLock, type Tool } from '../../../server/src/catalog/index.ts';
import { sha256 } from '../../../server/src/mcp/index.ts';

export function lockOf(pinned: readonly Tool[], definition = 'as-defined'): string {
  return writeLock({ servers: new Map([['main', lockServer(definition, pinned, sha256)]]) });
}
