/** Records a message that was refused before it could be judged, once for each tool that it was aimed at. Never throws. */
import type { Incoming, Refused } from '../message/frame.ts';
import type { Enforcer, Identity } from './enforcer.ts';

const RULE = '(invalid request)';

export function recordInvalid(enforcer: Enforcer, identity: Identity, { aim }: Refused): void {
  for (const tool of aim?.tools ?? []) enforcer.recordRefusal('tools/call', tool, identity, RULE, aim?.reason ?? '');
}

/** For a batch that is refused as a whole: the calls in it were valid by themselves. */
export function refusedBatch(messages: readonly Incoming[], code: number, message: string): Refused {
  const tools = new Set(messages.flatMap(toolsOf));
  return { kind: 'refused', code, message, aim: { tools: [...tools], reason: message } };
}

function toolsOf(message: Incoming): readonly string[] {
  if (message.kind === 'refused') return message.aim?.tools ?? [];
  if (message.kind === 'response' || message.method !== 'tools/call') return [];
  const name = message.params?.members.get('name')?.value;
  return [name?.kind === 'string' ? name.value : ''];
}
