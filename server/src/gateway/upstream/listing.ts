/** Walks all pages of a server's `tools/list`. Bounded, since the server is not trusted to end. */
import type { Tool } from '../../catalog/tool.ts';
import type { Params } from '../../mcp/message.ts';
import { UpstreamError } from '../../mcp/index.ts';
import { toolName } from '../message/fromUpstream.ts';

const MAX_PAGES = 1000;
const MAX_TOOLS = 100_000;

export type Ask = (method: string, params?: Params) => Promise<Params>;

/** Tools in the server's order; two may bear one name. Rejects with `UpstreamError` where the list cannot be read to its end. */
export async function listAllTools(ask: Ask): Promise<readonly Tool[]> {
  const tools: Tool[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const result = await ask('tools/list', cursor === undefined ? undefined : { cursor });
    const items = result['tools'];
    if (!Array.isArray(items))
      throw new UpstreamError('garbage', 'The server answered tools/list without a list of tools.');
    for (const item of items) if (toolName(item) !== undefined) tools.push(item as Tool);
    const next = result['nextCursor'];
    if (typeof next !== 'string' || next === '') return tools;
    if (seen.has(next)) throw new UpstreamError('garbage', 'The pages of tools/list never end: a cursor came twice.');
    if (tools.length > MAX_TOOLS) break;
    seen.add(next);
    cursor = next;
  }
  throw new UpstreamError(
    'too-large',
    `The server lists more tools than can be kept (${MAX_TOOLS} on ${MAX_PAGES} pages).`,
  );
}
