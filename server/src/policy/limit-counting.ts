/** From a counter back to the limit that counts on it. */
import type { CompiledLimit, CompiledPolicy, CompiledRateLimit } from './compiled.ts';
import type { CounterName } from './identity.ts';
import { rulesetsIn } from './tool-name.ts';

/** Undefined: the policy has no such limit, perhaps any more. */
export function limitCounting(
  policy: CompiledPolicy,
  { ruleset, kind, counter, window, scope }: CounterName,
): CompiledLimit | CompiledRateLimit | undefined {
  const found = rulesetsIn(policy).find(({ prefix }) => prefix === ruleset);
  if (kind === 'quota')
    return found?.limits.find((each) => each.counter === counter && each.window === window && each.scope === scope);
  return found?.rateLimit?.seconds === window && found.rateLimit.scope === scope ? found.rateLimit : undefined;
}
