/** Which tools of one server may be shown and called, as far as a person has to have reviewed them. */
import type { Tool } from '../../catalog/index.ts';
import { UpstreamError } from '../../mcp/index.ts';
import type { ToolLock } from './toolLock.ts';

export interface ReviewedTools {
  /** Another object after each change. */
  current(): unknown;
  /** `undefined`: the server does not list the tool, so nobody can have reviewed it. */
  admits(tool: Tool | undefined): boolean;
  /** Throws `UpstreamError` where the server must not be started as it is defined now. */
  demandDefinition(): void;
}

/** Without a lock, nothing has to be reviewed. */
export const everyTool: ReviewedTools = {
  current: () => undefined,
  admits: () => true,
  demandDefinition: () => undefined,
};

/** `definition`: digest of how the server is started or reached now. */
export function reviewedTools(lock: ToolLock, server: string, definition: string): ReviewedTools {
  return {
    current: () => lock.current(),
    admits: (tool) => lock.admits(server, tool),
    demandDefinition() {
      if (lock.knowsDefinition(server, definition)) return;
      const message = `The server "${server}" is defined in another way than when it was reviewed, so it is not started. A person has to review it: portcullis lock --server ${server}`;
      throw new UpstreamError('unreviewed', message);
    },
  };
}
