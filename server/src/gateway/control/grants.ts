/** Grants that people list, make and take back in the editor, through the control channel. */
import type { Clock, Log } from '../../ports.ts';
import type { GrantAnswer, GrantRequest, NewGrant } from '../../protocol/grant.ts';
import type { GrantStore } from '../../state/index.ts';
import { changeGrants } from '../grants/change.ts';
import { reasonOf } from '../rules/reason.ts';
import { objectIn } from './objectIn.ts';

/** `body`: a GrantRequest, as it came. Never rejects. */
export async function answerGrants(body: Buffer, store: GrantStore, clock: Clock, log: Log): Promise<GrantAnswer> {
  const request = readRequest(body);
  if (!request) return { ok: false, problem: 'The request must be { "do", … }, as protocol/grant.ts says.' };
  try {
    return await changeGrants(store, request, clock());
  } catch (error) {
    log.error('Grants could not be read or written.', { reason: reasonOf(error) });
    return { ok: false, problem: "The grants could not be read or written. The gateway's log says why." };
  }
}

function readRequest(body: Buffer): GrantRequest | undefined {
  const { do: action, label, servers, policy, expiresAt } = objectIn(body) ?? {};
  if (action === 'list') return { do: 'list' };
  if (typeof label !== 'string') return undefined;
  if (action === 'rotate' || action === 'revoke') return { do: action, label };
  return action === 'add' ? readNew(label, { servers, policy, expiresAt }) : undefined;
}

function readNew(
  label: string,
  { servers, policy, expiresAt }: Readonly<Record<'servers' | 'policy' | 'expiresAt', unknown>>,
): GrantRequest | undefined {
  const isTexts = (value: unknown): value is readonly string[] =>
    Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (servers !== undefined && !isTexts(servers)) return undefined;
  if (policy !== undefined && typeof policy !== 'string') return undefined;
  if (expiresAt !== undefined && typeof expiresAt !== 'number') return undefined;
  const given = { servers, policy, expiresAt };
  return {
    do: 'add',
    label,
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<NewGrant>),
  };
}
