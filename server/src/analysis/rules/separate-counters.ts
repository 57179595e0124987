import { replaceBy } from '../../policy/changes.ts';
import type { JsonNode } from '../../policy/index.ts';
import { limitsOf, type PlacedLimit } from '../limits.ts';
import { quote } from '../quote.ts';
import type { Draft, Rule } from '../rule.ts';

/** Limits in different rulesets whose counters bear one name: each ruleset counts for itself (policy language §5), so there is no common total. */
export const separateCounters: Rule = {
  code: 'separate-counters',
  severity: 'information',
  title: 'Counters of one name that count apart',
  *check({ policy }) {
    const first = new Map<string, PlacedLimit>();
    let taken: ReadonlySet<string> | undefined;
    for (const each of limitsOf(policy)) {
      const { counter, window, scope } = each.limit;
      // Window and scope are words without a space, so no two identities are written alike.
      const key = `${window} ${scope} ${counter}`;
      const other = first.get(key);
      if (other?.placed === each.placed || isNamedForItsEntry(each)) continue;
      if (other) yield draft(each, other, (taken ??= new Set(limitsOf(policy).map(({ limit }) => limit.counter))));
      else first.set(key, each);
    }
  },
};

/** `create_user_rate` in the entry of `create_user` is not meant to be anybody else's. */
function isNamedForItsEntry({ limit, placed }: PlacedLimit): boolean {
  return placed.entry !== undefined && limit.counter.toLowerCase().startsWith(placed.entry.key.toLowerCase());
}

function draft(each: PlacedLimit, other: PlacedLimit, taken: ReadonlySet<string>): Draft {
  const { counter } = each.limit;
  const node = counterNode(each);
  return {
    message:
      `${quote(counter)} of ${nameOf(each)} and of ${nameOf(other)} are two counters, because each belongs to its ruleset: together they allow the sum. ` +
      'For one total, put the limit into the entry of a pattern that fits both tools, or into "all_tools"; else give each a name of its own.',
    span: { start: node.start, end: node.end },
    related: [{ span: counterNode(other), message: 'The other counter of this name' }],
    fixes: renamed(each, node, taken),
  };
}

function nameOf({ placed }: PlacedLimit): string {
  return quote(placed.entry?.key ?? 'all_tools');
}

function counterNode({ limit, list, index }: PlacedLimit): Pick<JsonNode, 'start' | 'end'> {
  const item = list.items[index];
  const { start, end } = (item?.kind === 'object' ? item.members.get('counter')?.value : undefined) ?? limit;
  return { start, end };
}

/** A name after the entry. Another name starts a new count, which the title says. */
function renamed(
  { limit, placed }: PlacedLimit,
  node: Pick<JsonNode, 'start' | 'end'>,
  taken: ReadonlySet<string>,
): Draft['fixes'] {
  const name = `${(placed.entry?.key ?? 'all_tools').toLowerCase()}_${limit.counter}`;
  if (taken.has(name) || Array.from(name).length > 256 || /\p{Cc}/u.test(name)) return [];
  return [{ title: `Name it ${quote(name)} (its count starts again)`, edits: [replaceBy(node, name)] }];
}
