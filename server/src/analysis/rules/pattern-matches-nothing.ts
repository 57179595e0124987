import { isPattern, matchesPattern, type CompiledPolicy, type JsonArray } from '../../policy/index.ts';
import { removeItem, removeMember } from '../../policy/changes.ts';
import { quote } from '../quote.ts';
import type { Draft, Rule } from '../rule.ts';

/** Patterns that fit no tool of the server: such a rule silently does nothing today. It may be meant for tools to come, so it is a note. */
export const patternMatchesNothing: Rule = {
  code: 'pattern-matches-nothing',
  severity: 'information',
  title: 'The pattern fits no tool',
  local: true,
  *check({ policy, tools }) {
    if (tools === undefined || tools.names.length === 0) return;
    for (const place of [...entryPatterns(policy), ...hidePatterns(policy)]) {
      if (tools.names.some((name) => matchesPattern(place.pattern, name))) continue;
      yield {
        message: `No tool of ${quote(tools.catalog.server)} fits ${quote(place.pattern)}, so this has no effect. Check the spelling: "*" stands for any run of characters.`,
        span: place.draft.span,
        fixes: place.draft.fixes,
      };
    }
  },
};

interface Place {
  readonly pattern: string;
  readonly draft: Pick<Draft, 'span' | 'fixes'>;
}

function* entryPatterns(policy: CompiledPolicy): Generator<Place> {
  const tools = policy.root.members.get('tools')?.value;
  if (tools?.kind !== 'object') return;
  for (const { key, keySpan } of policy.tools.patterns) {
    const fixes = [{ title: `Remove the entry ${quote(key)}`, edits: removeMember(tools, key) }];
    yield { pattern: key, draft: { span: keySpan, fixes } };
  }
}

function* hidePatterns(policy: CompiledPolicy): Generator<Place> {
  const hide = policy.root.members.get('hide')?.value;
  for (const [index, item] of hide?.kind === 'array' ? hide.items.entries() : []) {
    if (item.kind !== 'string' || !isPattern(item.value)) continue;
    const fixes = [{ title: `Remove ${quote(item.value)} from "hide"`, edits: removeItem(hide as JsonArray, index) }];
    yield { pattern: item.value, draft: { span: { start: item.start, end: item.end }, fixes } };
  }
}
