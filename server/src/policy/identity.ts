/** Which counter a call touches (policy language §5 "Identity"). Equal strings are the same counter; different parts never make equal strings. */
import type { Caller, CounterOwner } from './decision.ts';

/** Whose calls share a counter. */
export type CounterScope = 'session' | 'grant' | 'server';

export interface CounterName {
  /** Where the ruleset stands: `/tools/<key>` or `/all_tools`. */
  readonly ruleset: string;
  /** The quota's counter, or for a rate limit the tool that is counted. */
  readonly counter: string;
  readonly kind: 'quota' | 'rate';
  /** A calendar unit, or the seconds of a sliding window. */
  readonly window: string | number;
  readonly scope: CounterScope;
}

export function counterIdentity(owner: CounterOwner, name: CounterName, caller: Caller): string {
  const { ruleset, kind, counter, window, scope } = name;
  const holder = scope === 'server' ? [] : scope === 'grant' ? [caller.grantId] : [caller.grantId, caller.session];
  return JSON.stringify([owner.server, owner.policyFile, ruleset, kind, counter, window, scope, ...holder]);
}

/** What an identity was made of. */
export interface CounterParts extends CounterOwner {
  readonly name: CounterName;
  /** Absent where all grants share the counter. */
  readonly grantId?: string;
  readonly session?: string;
}

/** `identity` comes from `counterIdentity`. */
export function readCounterIdentity(identity: string): CounterParts {
  const parts = JSON.parse(identity) as readonly string[];
  const [server = '', policyFile = '', ruleset = '', kind, counter = '', window = '', scope, grantId, session] = parts;
  return {
    server,
    policyFile,
    name: { ruleset, counter, kind, window, scope } as CounterName,
    ...(grantId !== undefined && { grantId }),
    ...(session !== undefined && { session }),
  };
}
