/** A server's changed tools for the editor, and what a person accepts of them there. */
import type { Log } from '../../ports.ts';
import type { AcceptAnswer } from '../../protocol/control.ts';
import type { AcceptToolsRequest, ReviewAnswer } from '../../protocol/review.ts';
import { reasonOf } from '../rules/reason.ts';
import type { GovernedServer } from '../session/server.ts';
import { objectIn } from './objectIn.ts';

const NOTHING_TO_REVIEW =
  'Tools of this server need no review: set "lock" in portcullis.json to "warn" or "enforce" and start the gateway again.';

export function reviewTools(server: GovernedServer | undefined): ReviewAnswer {
  return server?.reviewed.review?.(server.pool.known?.tools) ?? { problem: NOTHING_TO_REVIEW };
}

/** `body`: an AcceptToolsRequest, as it came. Never throws. */
export function acceptTools(body: Buffer, find: (name: string) => GovernedServer | undefined, log: Log): AcceptAnswer {
  const request = readRequest(body);
  if (!request) return { problem: 'The request must be { "server", "tools": [{ "name", "hash" }], "definition"? }.' };
  const { reviewed, pool } = find(request.server) ?? {};
  if (!reviewed?.accept) return { problem: NOTHING_TO_REVIEW };
  try {
    const problem = reviewed.accept(pool?.known?.tools, request);
    return problem === undefined ? {} : { problem };
  } catch (error) {
    log.error('Tools that a person has accepted could not be pinned.', { reason: reasonOf(error) });
    return { problem: "What was accepted could not be written. The gateway's log says why." };
  }
}

function readRequest(body: Buffer): AcceptToolsRequest | undefined {
  const { server, tools, definition } = objectIn(body) ?? {};
  if (typeof server !== 'string' || !Array.isArray(tools) || !tools.every(isNamed)) return undefined;
  if (definition === undefined) return { server, tools };
  return typeof definition === 'string' ? { server, tools, definition } : undefined;
}

function isNamed(value: unknown): value is AcceptToolsRequest['tools'][number] {
  const { name, hash } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof name === 'string' && typeof hash === 'string';
}
