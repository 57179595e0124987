/** `tools/list`: each page without what agents must not see. A page that is known is not asked for again, nor filtered or written again. */
import type { Tool } from '../../catalog/index.ts';
import type { CompiledPolicy } from '../../policy/index.ts';
import type { Params } from '../../mcp/message.ts';
import type { Era } from '../../mcp/revision.ts';
import { keepText } from '../message/answer.ts';
import { completeResult } from '../message/eras.ts';
import { filterToolsPage, withoutOwnMeta } from '../message/fromUpstream.ts';
import type { CallContext } from './context.ts';
import { shownBy } from './server.ts';

/** What may be shown of a page; `undefined`: the page has no list, so nothing may. */
export function shownPage({ server, hub, identity }: CallContext, page: Params): Params | undefined {
  const isShown = shownBy(server, identity.grantId);
  const isOffered = (name: string, tool: Tool): boolean =>
    isShown(name) && !hub.directory.isUnusable(name) && server.reviewed.admits(tool);
  return filterToolsPage(page, isOffered);
}

interface Shown {
  readonly policy: CompiledPolicy | undefined;
  /** What counted as reviewed. */
  readonly lock: unknown;
  readonly result: Params;
}

/** By the page as it came, which is another one after each reading; then by the client's era. */
const shown = new WeakMap<Params, Map<Era, Shown>>();

/**
 * The result for this client without asking the server; `undefined` where it has to be asked. `hub.directory` was loaded just before.
 * What was filtered holds for one reading of the list, one policy and one lock; another one is another object.
 */
export function knownResult(context: CallContext, params: Params | undefined): Params | undefined {
  const page = isPlain(params) ? context.hub.pages.find(params?.['cursor']) : undefined;
  if (!page || Object.hasOwn(page, 'resultType')) return undefined;
  const byEra = shown.get(page) ?? new Map<Era, Shown>();
  shown.set(page, byEra);
  const { policy } = context.server.policyFor(context.identity.grantId).current();
  const lock = context.server.reviewed.current();
  const known = byEra.get(context.era);
  if (known && known.policy === policy && known.lock === lock) return known.result;
  const filtered = shownPage(context, page);
  if (!filtered) return undefined;
  const result = keepText(completeResult(context.era, 'tools/list', withoutOwnMeta(filtered)));
  byEra.set(context.era, { policy, lock, result });
  return result;
}

/** Whatever else a client sends along is for the server to answer. */
function isPlain(params: Params | undefined): boolean {
  return Object.keys(params ?? {}).every((key) => key === 'cursor');
}
