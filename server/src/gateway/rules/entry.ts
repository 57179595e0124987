/** The record of a decision before anything is decided: who called what, and which arguments by name. */
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../policy/decision.ts';
import type { JsonObject } from '../../policy/json/node.ts';
import { MAX_ARG_KEY_LENGTH, MAX_ARG_KEYS, type Decided } from '../../protocol/audit.ts';

const MAX_TOOL_LENGTH = 256;

/** The names of the top members, so many and so long that a record stays small. */
export function keysOf(args: JsonObject | undefined): readonly string[] {
  const keys: string[] = [];
  for (const key of args?.members.keys() ?? []) if (keys.push(key.slice(0, MAX_ARG_KEY_LENGTH)) === MAX_ARG_KEYS) break;
  return keys;
}

/** A denial that says nothing yet. */
export function blankEntry(server: string, identity: Caller, method: string, tool: string): Decided {
  return {
    kind: 'decision',
    id: randomUUID(),
    grant: identity.grantLabel,
    client: identity.client ?? '',
    session: identity.session,
    server,
    method,
    tool: tool.slice(0, MAX_TOOL_LENGTH),
    decision: 'deny',
    rule: '',
    message: '',
    policy: '',
    argKeys: [],
    argsHmac: '',
    category: '',
    risk: '',
  };
}
