import { removeMember, replaceBy } from '../../policy/changes.ts';
import { rulesetsOf } from '../conditions.ts';
import { quote } from '../quote.ts';
import type { Rule } from '../rule.ts';

/** Entries that ask a person where the gateway runs without one: each such call is denied. */
export const approvalUnanswered: Rule = {
  code: 'approval-unanswered',
  severity: 'information',
  title: 'Nobody can be asked for this approval',
  asked: ({ unattended }) => unattended,
  *check({ policy }) {
    for (const { entry, node } of rulesetsOf(policy)) {
      const { action } = entry ?? {};
      if (entry === undefined || action?.value !== 'require_approval') continue;
      yield {
        message: `Without an editor, and with approvals from a shell off, nobody can be asked: every call of ${quote(entry.key)} is denied. Deny it in words, or turn "approvals": { "shell": true } on in the user's own portcullis.json.`,
        span: { start: action.start, end: action.end },
        fixes: [
          { title: 'Deny the tool in words', edits: [replaceBy(action, 'deny'), ...removeMember(node, 'approval')] },
        ],
      };
    }
  },
};
