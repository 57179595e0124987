/** The limit that edits give a tool: a few calls a minute, to be changed by who knows the tool. */
import type { Entry, Limit } from '../../policy/index.ts';

const CALLS_A_MINUTE = 30;

/** @returns What it is called in a title, and the limit itself with a counter of the tool's own. */
export function fewCalls(tool: string): { readonly title: string; readonly limit: Limit } {
  const limit = { counter: `${tool.toLowerCase()}_rate`, window: 'minute', max: CALLS_A_MINUTE } as const;
  return { title: `${CALLS_A_MINUTE} calls a minute`, limit };
}

export function hasLimits({ limits, rate_limit: rateLimit }: Entry): boolean {
  return (limits?.length ?? 0) > 0 || rateLimit !== undefined;
}
