/** How one era's results and errors look in the other. Pure; what a policy hides is taken away elsewhere. */
import type { ErrorMessage, Params } from '../../mcp/message.ts';
import type { Era } from '../../mcp/revision.ts';
import { errorCodes } from './answer.ts';

/** Results that a client of the modern era may keep for a while. */
const CACHEABLE: ReadonlySet<string> = new Set([
  'server/discover',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
]);

/** Milliseconds. An edit of the policy must not be hidden for long by a list that was kept. */
const LONGEST_TTL = 5_000;

/** A result that is complete, as the client's era wants it. What another grant gets may differ, so nobody may share it. */
export function completeResult(era: Era, method: string, result: Params): Params {
  if (era === 'legacy') return withoutModernFields(result);
  const complete = { ...result, resultType: 'complete' };
  if (!CACHEABLE.has(method)) return complete;
  const { ttlMs } = result;
  const ttl = typeof ttlMs === 'number' && ttlMs >= 0 ? ttlMs : 0;
  return { ...complete, ttlMs: Math.min(ttl, LONGEST_TTL), cacheScope: 'private' };
}

function withoutModernFields(result: Params): Params {
  if (!Object.hasOwn(result, 'resultType')) return result;
  const { resultType: _type, ttlMs: _ttl, cacheScope: _scope, ...rest } = result;
  return rest;
}

/** Codes that the modern revision does not have, by what it has in their place (specification 2026-07-28, "Error Codes"). */
const RENAMED: ReadonlyMap<number, number> = new Map([
  // Resource not found.
  [-32002, errorCodes.invalidParams],
  // URL elicitation required: a legacy server wants what it cannot ask of this client.
  [-32042, errorCodes.internal],
  [errorCodes.upstream, errorCodes.internal],
]);

export function errorIn(era: Era, message: ErrorMessage): ErrorMessage {
  const code = era === 'modern' ? RENAMED.get(message.error.code) : undefined;
  return code === undefined ? message : { ...message, error: { ...message.error, code } };
}
