/** `server/discover`: what the server offers, as its own words where it is of the modern era, else made from its greeting. */
import { metaKeys } from '../../mcp/era/envelope.ts';
import type { Agreement } from '../../mcp/era/negotiate.ts';
import type { Params } from '../../mcp/message.ts';
import { isObject } from '../../mcp/parse.ts';
import { MODERN_REVISION } from '../../mcp/revision.ts';
import { resultAnswer } from '../message/answer.ts';
import { completeResult } from '../message/eras.ts';
import { withoutOwnMeta } from '../message/fromUpstream.ts';
import type { CallContext } from '../session/context.ts';
import type { Flight } from '../session/flights.ts';

export function discover({ flights }: CallContext, agreement: Agreement, flight: Flight): void {
  const offer = { ...(agreement.discovered ?? madeFrom(agreement.greeting)), supportedVersions: [MODERN_REVISION] };
  const result = completeResult('modern', 'server/discover', { ...offer, capabilities: capabilitiesOf(agreement) });
  flights.answer(flight, resultAnswer(flight.id, withoutOwnMeta(result)));
}

/** With one promise of ours: whoever has tools is told when an edit of the policy changes the list. */
export function capabilitiesOf({ discovered, greeting }: Agreement): Params {
  const offered = (discovered ?? greeting)['capabilities'];
  const capabilities = isObject(offered) ? offered : {};
  const tools = capabilities['tools'];
  const known = Object.entries(capabilities).filter(([name]) => discovered !== undefined || name !== 'tasks');
  return { ...Object.fromEntries(known), ...(isObject(tools) ? { tools: { ...tools, listChanged: true } } : {}) };
}

function madeFrom({ serverInfo, instructions }: Params): Params {
  return {
    ...(typeof instructions === 'string' ? { instructions } : {}),
    ...(isObject(serverInfo) ? { _meta: { [metaKeys.serverInfo]: serverInfo } } : {}),
  };
}
