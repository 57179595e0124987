import { skeleton } from '../../catalog/confusable.ts';
import { isPattern } from '../../policy/index.ts';
import { quoteSome, quote } from '../quote.ts';
import type { KnownTools, Rule } from '../rule.ts';

/** Names written in the policy that another tool of the server passes for. Nothing is folded when calls are judged, so the other one is not governed by the entry. */
export const lookAlikeName: Rule = {
  code: 'look-alike-name',
  severity: 'warning',
  title: 'Another tool passes for this one',
  local: true,
  *check({ policy, tools }) {
    if (tools === undefined) return;
    const alike = lookAlikes(tools);
    if (alike.size === 0) return;
    for (const { key, keySpan } of policy.tools.exact.values()) {
      const others = isPattern(key) ? [] : (alike.get(skeleton(key)) ?? []).filter((name) => name !== key);
      if (others.length === 0 || !tools.byName.has(key)) continue;
      yield {
        message: `The server also lists ${quoteSome(others)}, which looks like ${quote(key)} and is another tool: this entry does not govern it. Ask who runs the server why.`,
        span: keySpan,
        fixes: [],
      };
    }
  },
};

/** Names that share a look, by that look; only where there are several. */
function lookAlikes({ names }: KnownTools): ReadonlyMap<string, readonly string[]> {
  const byLook = new Map<string, string[]>();
  for (const name of names) {
    const look = skeleton(name);
    const same = byLook.get(look);
    if (same) same.push(name);
    else byLook.set(look, [name]);
  }
  return new Map([...byLook].filter(([, same]) => same.length > 1));
}
