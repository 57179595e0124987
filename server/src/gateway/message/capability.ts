/** What a client offers to be asked, and what of it servers get to hear: closing a method takes its capability away, so that servers do not try. */
import type { Params } from '../../mcp/message.ts';
import type { MethodSettings } from './method.ts';

/** What a server may ask by each capability. */
const METHOD_OF: ReadonlyMap<string, string> = new Map([
  ['roots', 'roots/list'],
  ['sampling', 'sampling/createMessage'],
  ['elicitation', 'elicitation/create'],
]);

/** The capabilities less those that portcullis.json closes. */
export function openCapabilities(capabilities: Params, methods: MethodSettings): Params {
  return Object.fromEntries(Object.entries(capabilities).filter(([name]) => !isClosed(name, methods)));
}

function isClosed(capability: string, methods: MethodSettings): boolean {
  const method = METHOD_OF.get(capability);
  return method !== undefined && Object.hasOwn(methods, method) && methods[method] === 'deny';
}
