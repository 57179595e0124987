/** Which tools of one server may be shown and called, as far as a person has to have reviewed them. */
import type { Tool } from '../../catalog/index.ts';
import type { UnreviewedStatus } from '../../protocol/control.ts';
import { UpstreamError } from '../../mcp/index.ts';
import type { AcceptToolsRequest, ToolReview } from '../../protocol/review.ts';
import type { ToolLock } from './toolLock.ts';
import { acceptReviewed, reviewOf } from './toolReview.ts';

export interface ReviewedTools {
  /** Another object after each change. */
  current(): unknown;
  /** `undefined`: the server does not list the tool, so nobody can have reviewed it. */
  admits(tool: Tool | undefined): boolean;
  /** What a person would have to review; `undefined`: nothing. `tools`: what the server lists, as far as that is known. */
  unreviewed(tools: readonly Tool[] | undefined): UnreviewedStatus | undefined;
  /** Throws `UpstreamError` where the server must not be started as it is defined now. */
  demandDefinition(): void;
  /** For a person to review; absent where nothing has to be reviewed. `tools`: what the server lists, as far as that is known. */
  readonly review?: (tools: readonly Tool[] | undefined) => ToolReview;
  /** What the person accepts of it. Returns why nothing was accepted, for people. Throws where it could not be kept. */
  readonly accept?: (tools: readonly Tool[] | undefined, request: AcceptToolsRequest) => string | undefined;
}

/** Without a lock, nothing has to be reviewed. */
export const everyTool: ReviewedTools = {
  current: () => undefined,
  admits: () => true,
  unreviewed: () => undefined,
  demandDefinition: () => undefined,
};

/** `definition`: digest of how the server is started or reached now. */
export function reviewedTools(lock: ToolLock, server: string, definition: string): ReviewedTools {
  return {
    current: () => lock.current(),
    admits: (tool) => lock.admits(server, tool),
    unreviewed: (tools) => lock.unreviewed(server, definition, tools),
    review: (tools) => reviewOf({ lock, server, definition, tools }),
    accept: (tools, request) => acceptReviewed({ lock, server, definition, tools }, request),
    demandDefinition() {
      if (lock.knowsDefinition(server, definition)) return;
      const message = `The server "${server}" is defined in another way than when it was reviewed, so it is not started. A person has to review it: portcullis lock --server ${server}`;
      throw new UpstreamError('unreviewed', message);
    },
  };
}
