/** Which tools a policy speaks of: by name or by a pattern, to list them or to hide them. Pure. */
import { isHidden, matchesPattern, type CompiledPolicy } from '../policy/index.ts';

/** `"*"` alone speaks of no tool in particular (policy language §2). */
export function isMentioned(policy: CompiledPolicy, name: string): boolean {
  return policy.tools.exact.has(name) || isHidden(policy, name) || isListedByPattern(policy, name);
}

export function isListedByPattern({ tools }: CompiledPolicy, name: string): boolean {
  return tools.patterns.some(({ key }) => key !== '*' && matchesPattern(key, name));
}
