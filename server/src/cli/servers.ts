/** Configured servers, for commands that name one with `--server`. */
import type { ResolvedLaunch } from '../mcp/index.ts';
import { UsageError, type Io } from './command.ts';

/** The launch of a configured server with its variables replaced. Throws `UsageError`. */
export function configuredLaunch(server: string, _config: string | undefined, _io: Io): Promise<ResolvedLaunch> {
  return Promise.reject(new UsageError(`There is no server "${server}".`));
}
