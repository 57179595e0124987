/** What agents may see in a tool list (policy language §3 "tools/list"). Tools listed twice are the caller's to remove. */
import type { CompiledPolicy } from './compiled.ts';
import { nameDenial } from './judge.ts';
import { hidingPattern } from './tool-name.ts';

/** Whether `hide` names the tool (step 3 alone). */
export function isHidden(policy: CompiledPolicy, name: string): boolean {
  return hidingPattern(policy, name) !== undefined;
}

/** Whether steps 2 and 3 let the tool stay in the list; with no policy in force nothing stays. */
export function isListable(policy: CompiledPolicy | undefined, name: string): boolean {
  return policy !== undefined && nameDenial(policy, name) === undefined;
}
