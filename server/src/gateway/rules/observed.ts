/**
 * Observe mode (docs/observe.md): what the server's own policy denies passes and is recorded as `wouldDeny`. It lifts the policy's verdict and nothing else:
 * without a policy, with a name that no policy can speak of, or for a tool that the server does not plainly list, a call is denied as ever.
 */
import { isListable, isUnsafeName } from '../../policy/index.ts';
import type { PolicyInForce } from './enforcer.ts';
import type { PolicySource } from './policyFile.ts';

/** The policy is read and reloaded as ever; who judges by it sees that it is only observed. */
export function observed(source: PolicySource): PolicySource {
  return {
    current: () => ({ ...source.current(), isObserved: true }),
    status: () => ({ ...source.status(), isObserved: true }),
    accept: (hash) => source.accept(hash),
    close: () => source.close(),
  };
}

/** Which names agents are shown: none without a policy; in observe mode also hidden ones, since calls of them pass. */
export function namesShown({ policy, isObserved }: PolicyInForce): (name: string) => boolean {
  if (!policy) return () => false;
  return isObserved === true ? (name) => !isUnsafeName(policy, name) : (name) => isListable(policy, name);
}
