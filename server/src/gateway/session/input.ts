/** The members of a retry that bring what a server of the modern era has asked for: checked, and the server's own state taken out of its seal. */
import type { Params } from '../../mcp/message.ts';
import { isObject } from '../../mcp/parse.ts';
import { INPUT_MEMBERS, mayAskForInput } from '../message/input.ts';
import type { StateOwner } from '../rules/requestState.ts';
import type { CallContext } from './context.ts';

export type InputReading =
  { readonly ok: true; readonly params: Params | undefined } | { readonly ok: false; readonly message: string };

/** `params` as they may go upstream. The connection must stand: a server of the legacy era has asked for nothing in this way. */
export function readInput(
  { era, hub, identity, server }: CallContext,
  owner: Omit<StateOwner, 'grant'>,
  params: Params | undefined,
): InputReading {
  const given = INPUT_MEMBERS.filter((member) => params && Object.hasOwn(params, member));
  if (!params || given.length === 0) return { ok: true, params };
  const names = given.join('" and "');
  if (era === 'legacy' || !mayAskForInput(owner.method) || hub.link.era !== 'modern')
    return { ok: false, message: `Nothing was asked for here: leave out "${names}".` };
  const { inputResponses, requestState } = params;
  if (inputResponses !== undefined && !isObject(inputResponses))
    return { ok: false, message: '"inputResponses" must be an object.' };
  if (requestState === undefined) return { ok: true, params };
  const state =
    typeof requestState === 'string'
      ? server.states.open({ ...owner, grant: identity.grantId }, requestState)
      : undefined;
  if (state !== undefined) return { ok: true, params: { ...params, requestState: state } };
  return {
    ok: false,
    message: '"requestState" is not what this request was given, or is too old. Send the request without it.',
  };
}
