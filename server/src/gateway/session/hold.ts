/**
 * How a client is kept waiting while a person decides on its call: by progress where it asked for that, and in the modern era by results that have it
 * come back with the same call. What it brings back says only that it waited; it can neither stand for the person's answer nor change the call.
 */
import type { NotificationMessage, Params } from '../../mcp/message.ts';
import { isObject } from '../../mcp/parse.ts';
import { readJson, toValue } from '../../policy/index.ts';
import { INPUT_MEMBERS } from '../message/input.ts';
import type { ToolCall } from '../message/toolCall.ts';
import type { Asking } from '../rules/approval.ts';
import type { StateOwner } from '../rules/requestState.ts';
import type { CallContext } from './context.ts';
import type { Flight } from './flights.ts';

type Owner = Omit<StateOwner, 'grant'>;

/** Takes over `flight.onCancel` for as long as the call waits. */
export function askingFor({ era, hub }: CallContext, call: ToolCall, flight: Flight): Asking {
  const end = new AbortController();
  flight.onCancel = () => end.abort();
  const token = progressTokenOf(call);
  return {
    signal: end.signal,
    comesBack: era === 'modern',
    ...(token === undefined ? {} : { remind: (seconds: number) => flight.reply.relate(reminder(token, seconds)) }),
    async lookAgain() {
      hub.directory.invalidate();
      return hub.directory.lookUp(call.tool).catch(() => undefined);
    },
  };
}

function progressTokenOf({ params }: ToolCall): unknown {
  const meta = params.members.get('_meta')?.value;
  const token = meta?.kind === 'object' ? meta.members.get('progressToken')?.value : undefined;
  return token?.kind === 'string' || token?.kind === 'number' ? toValue(token, 'source') : undefined;
}

/** Progress must only ever grow, and what the server reports later begins at zero: so this counts up to zero. */
function reminder(progressToken: unknown, seconds: number): NotificationMessage {
  const message = `Waiting for a person to approve this call (${seconds} s left).`;
  return { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken, progress: -seconds, message } };
}

/** The call still waits. What the client had brought along for the server goes along, for the next round to bring it again. */
export function openResult({ server, identity }: CallContext, owner: Owner, params: Params): Params {
  const brought = Object.fromEntries(INPUT_MEMBERS.flatMap((key) => (key in params ? [[key, params[key]]] : [])));
  const state = server.holds.seal({ ...owner, grant: identity.grantId }, JSON.stringify(brought));
  return { resultType: 'input_required', requestState: state };
}

/** Numbers keep their digits. */
function broughtIn(state: string): Params {
  const reading = readJson(state);
  return reading.ok ? (toValue(reading.root, 'source') as Params) : {};
}

export type Resumed = { readonly ok: true; readonly params: Params } | { readonly ok: false; readonly message: string };

/** The parameters as they were before the client was told to come back; unchanged where it was not. */
export function resumed({ server, identity, era }: CallContext, owner: Owner, params: Params): Resumed {
  const { requestState, inputResponses, ...rest } = params;
  if (era === 'legacy' || typeof requestState !== 'string') return { ok: true, params };
  const state = server.holds.open({ ...owner, grant: identity.grantId }, requestState);
  if (state === undefined) return { ok: true, params };
  if (inputResponses !== undefined && !(isObject(inputResponses) && Object.keys(inputResponses).length === 0))
    return { ok: false, message: 'Nothing was asked of the client: leave out "inputResponses".' };
  return { ok: true, params: { ...rest, ...broughtIn(state) } };
}
