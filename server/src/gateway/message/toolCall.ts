/** The parameters of `tools/call`: what is judged, and what is sent upstream once it may pass. */
import { toValue } from '../../policy/index.ts';
import type { JsonObject } from '../../policy/json/node.ts';
import type { Params } from '../../mcp/message.ts';
import type { Era } from '../../mcp/revision.ts';
import { strayMember } from './frame.ts';

export interface ToolCall {
  readonly tool: string;
  readonly arguments: JsonObject | undefined;
  readonly params: JsonObject;
  /** Task-augmented (revision 2025-11-25): the upstream answers with a task instead of a result. */
  readonly asTask: boolean;
}

export type ToolCallReading =
  { readonly ok: true; readonly call: ToolCall } | { readonly ok: false; readonly message: string };

/** Only what the protocol defines travels: a member that we do not judge must not mean something to the upstream. */
const KNOWN: Readonly<Record<Era, ReadonlySet<string>>> = {
  legacy: new Set(['name', 'arguments', '_meta', 'task']),
  modern: new Set(['name', 'arguments', '_meta', 'inputResponses', 'requestState']),
};

export function readToolCall(params: JsonObject | undefined, era: Era): ToolCallReading {
  const name = params?.members.get('name')?.value;
  if (!params || name?.kind !== 'string') return { ok: false, message: 'tools/call needs "name", a string.' };
  const stray = strayMember(params, KNOWN[era]);
  if (stray !== undefined) return { ok: false, message: `tools/call has no parameter ${stray}.` };
  const wrong = ['arguments', '_meta', 'task'].find((key) => {
    const value = params.members.get(key)?.value;
    return value !== undefined && value.kind !== 'object';
  });
  if (wrong !== undefined) return { ok: false, message: `"${wrong}" of tools/call must be an object.` };
  const args = params.members.get('arguments')?.value;
  const call = {
    tool: name.value,
    arguments: args as JsonObject | undefined,
    params,
    asTask: params.members.has('task'),
  };
  return { ok: true, call };
}

/** The evaluated value, number digits as they were written. */
export function forwardedParams(call: ToolCall): Params {
  return toValue(call.params, 'source') as Params;
}
