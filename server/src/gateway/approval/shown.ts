/** A call as the person who decides gets to see it: all of it, and nothing in it able to hide or to reorder what is read. Pure. */
import { escapeUntrusted } from '../../catalog/index.ts';
import { toValue } from '../../policy/index.ts';
import type { JsonObject } from '../../policy/json/node.ts';
import type { PendingCall } from '../../protocol/approval.ts';
import type { ApprovalRequest } from './approver.ts';

const MAX_DESCRIPTION = 2_000;
const MAX_POINTER = 8_192;
/** Longer arguments are shown on one line: written with indentation, they could become very much longer. */
const MAX_INDENTED = 256 * 1024;

/** `askedAt`: milliseconds since the epoch. */
export function shownCall(request: ApprovalRequest, id: string, askedAt: number): PendingCall {
  const { server, call, demand, identity, standing, bond } = request;
  const description: unknown = standing.tool?.['description'];
  return {
    id,
    askedAt,
    expiresAt: askedAt + demand.timeout * 1_000,
    client: escapeUntrusted(identity.client ?? ''),
    grant: escapeUntrusted(identity.grantLabel),
    session: identity.session,
    server: escapeUntrusted(server),
    tool: escapeUntrusted(call.tool),
    description: typeof description === 'string' ? lines(description, MAX_DESCRIPTION) : '',
    category: standing.risk?.category ?? '',
    risk: standing.risk?.level ?? '',
    rule: escapeUntrusted(demand.rule, { max: MAX_POINTER }),
    policyFile: escapeUntrusted(bond.policyFile, { max: MAX_POINTER }),
    policy: bond.policy,
    message: lines(demand.message ?? '', Number.MAX_SAFE_INTEGER / 4),
    arguments: shownArguments(call.arguments),
    asTask: call.asTask,
    mayRemember: demand.remember === 'session',
  };
}

function lines(text: string, max: number): string {
  return escapeUntrusted(text, { max, lines: true });
}

/** JSON that means the same as what would be sent. */
function shownArguments(args: JsonObject | undefined): string {
  if (args === undefined) return '';
  const value = toValue(args, 'source');
  const line = JSON.stringify(value);
  const text = line.length > MAX_INDENTED ? line : JSON.stringify(value, null, 2);
  return text.replace(HIDDEN, escapeUnits);
}

/** As `escapeUntrusted` knows them, but for the line ends of the indentation: within its strings JSON has none. */
const HIDDEN = /(?![\n ])[\p{C}\p{Zl}\p{Zp}\p{Zs}\u115F\u1160\u2800\u3164\uFFA0\u{E0100}-\u{E01EF}]/gu;

function escapeUnits(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
