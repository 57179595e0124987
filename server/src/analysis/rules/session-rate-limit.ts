import type { JsonObject } from '../../policy/index.ts';
import { addMembers } from '../../policy/changes.ts';
import { rulesetsOf } from '../conditions.ts';
import type { Rule } from '../rule.ts';

/** Rate limits that count by session because no scope is stated: a client that connects again starts afresh. A stated `"session"` is taken as meant. */
export const sessionRateLimit: Rule = {
  code: 'session-rate-limit',
  severity: 'information',
  title: 'Reconnecting resets this rate limit',
  local: true,
  *check({ text, policy }) {
    for (const { ruleset, node } of rulesetsOf(policy)) {
      const member = node.members.get('rate_limit');
      if (!ruleset.rateLimit || member?.value.kind !== 'object' || member.value.members.has('scope')) continue;
      yield {
        message:
          'This rate limit counts by session, so an agent resets it by reconnecting. Count by grant with "scope": "grant", or say "scope": "session" if that is meant.',
        span: member.key,
        fixes: [scopeFix(text, member.value, 'grant', true), scopeFix(text, member.value, 'session', false)],
      };
    }
  },
};

function scopeFix(text: string, object: JsonObject, scope: string, preferred: boolean) {
  return {
    title: `Add "scope": "${scope}"`,
    edits: [addMembers(text, object, [['scope', scope]])],
    ...(preferred ? { preferred } : {}),
  };
}
