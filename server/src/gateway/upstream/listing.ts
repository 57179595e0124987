/** Walks all pages of a server's `tools/list`. Bounded, since the server is not trusted to end. */
import type { Tool } from '../../catalog/tool.ts';
import type { Params } from '../../mcp/message.ts';
import { UpstreamError } from '../../mcp/index.ts';
import { formatBytes } from '../../mcp/oversize.ts';
import { toolName } from '../message/fromUpstream.ts';

const MAX_PAGES = 1000;
const MAX_TOOLS = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;
/** All pages together; each request has its own time-out besides. */
const MAX_MILLISECONDS = 120_000;

export type Ask = (method: string, params?: Params) => Promise<Params>;

/**
 * Tools in the server's order; two may bear one name. Rejects with `UpstreamError` where the list cannot be read to its end.
 * `now`: milliseconds on a clock that only goes forwards.
 */
export async function listAllTools(ask: Ask, now = () => performance.now()): Promise<readonly Tool[]> {
  const tools: Tool[] = [];
  const seen = new Set<string>();
  const start = now();
  let bytes = 0;
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const result = await ask('tools/list', cursor === undefined ? undefined : { cursor });
    const items = result['tools'];
    if (!Array.isArray(items))
      throw new UpstreamError('garbage', 'The server answered tools/list without a list of tools.');
    bytes += JSON.stringify(items).length;
    if (bytes > MAX_BYTES) throw tooLarge(`${formatBytes(MAX_BYTES)} of tools`);
    for (const item of items) if (toolName(item) !== undefined) tools.push(item as Tool);
    const next = result['nextCursor'];
    if (typeof next !== 'string' || next === '') return tools;
    if (seen.has(next)) throw new UpstreamError('garbage', 'The pages of tools/list never end: a cursor came twice.');
    if (tools.length > MAX_TOOLS) throw tooLarge(`${MAX_TOOLS} tools`);
    if (now() - start > MAX_MILLISECONDS)
      throw new UpstreamError('timeout', `The server's list of tools did not end within ${MAX_MILLISECONDS / 1000} s.`);
    seen.add(next);
    cursor = next;
  }
  throw tooLarge(`${MAX_PAGES} pages`);
}

function tooLarge(limit: string): UpstreamError {
  return new UpstreamError('too-large', `The server lists more than ${limit}, so none of its tools can be called.`);
}
