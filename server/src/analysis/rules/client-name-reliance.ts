import { replaceBy } from '../../policy/changes.ts';
import { predicatesOf } from '../conditions.ts';
import type { Rule } from '../rule.ts';

/** Conditions on `client.name`: clients name themselves, so anyone can pass. */
export const clientNameReliance: Rule = {
  code: 'client-name-reliance',
  severity: 'warning',
  title: 'Clients choose their own name',
  local: true,
  *check({ policy }) {
    for (const { predicate, path } of predicatesOf(policy)) {
      if (predicate.path.root !== 'client.name') continue;
      yield {
        message:
          'A client chooses "client.name" itself, so any client can pass or dodge this condition. Give clients grants of their own and ask for "grant.label".',
        span: { start: path.start, end: path.end },
        fixes: [{ title: 'Change to "grant.label"', edits: [replaceBy(path, 'grant.label')] }],
      };
    }
  },
};
