import type { CompiledPolicy } from '../../policy/index.ts';
import { listOthersFix } from '../listing.ts';
import type { Rule } from '../rule.ts';
import { allowByDefault } from './denies-everything.ts';

/** `"*"` alone under default deny: it adds rules to every tool and lists none (policy language §2), so every call is denied. */
export const loneStarListsNothing: Rule = {
  code: 'lone-star-lists-nothing',
  severity: 'warning',
  title: 'A lone star lists no tool',
  *check(subject) {
    const { policy } = subject;
    const star = policy.tools.patterns.find((entry) => entry.key === '*');
    if (policy.default !== 'deny' || !star || star.action?.value === 'deny' || !isAlone(policy)) return;
    const value = policy.root.members.get('default')?.value;
    yield {
      message:
        'A lone "*" adds rules to every tool but lists none, so "default": "deny" still denies every call. Allow by default, or list the tools that agents may call.',
      span: star.keySpan,
      fixes: [...(value ? [allowByDefault(value)] : []), ...listOthersFix(subject)],
    };
  },
};

function isAlone({ tools }: CompiledPolicy): boolean {
  return tools.exact.size === 0 && tools.patterns.every((entry) => entry.key === '*');
}
