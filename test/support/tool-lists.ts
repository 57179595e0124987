/** Tool lists for tests: catalogs from names, and a server of any size. */
import type { Catalog, Tool } from '../../server/src/catalog/index.ts';

export function catalogOf(tools: readonly (Tool | string)[], server = 'shop'): Catalog {
  return {
    server,
    tools: tools.map((tool) => (typeof tool === 'string' ? { name: tool } : tool)),
    readAt: 0,
    source: 'file',
  };
}

const VERBS = [
  'get',
  'list',
  'search',
  'create',
  'update',
  'run',
  'send',
  'delete',
  'cancel',
  'transfer',
  'pay',
  'sync',
];
const NOUNS = ['account', 'invoice', 'order', 'report', 'user', 'ticket', 'page', 'job', 'file', 'message', 'branch'];
const AREAS = ['', 'spot_', 'margin_', 'futures_', 'archive_', 'team_'];

/** `count` tools with names such as `spot_cancel_order`, no two alike. */
export function manyTools(count: number): readonly Tool[] {
  return Array.from({ length: count }, (_, index) => {
    const [verb, noun] = [VERBS[index % VERBS.length], NOUNS[Math.floor(index / VERBS.length) % NOUNS.length]];
    const round = Math.floor(index / (VERBS.length * NOUNS.length));
    const name = `${AREAS[round % AREAS.length]}${verb}_${noun}${round < AREAS.length ? '' : `_${round}`}`;
    return { name, description: `Works on one ${noun}.`, inputSchema: { type: 'object', properties: {} } };
  });
}
