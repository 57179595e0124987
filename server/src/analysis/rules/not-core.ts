import type { CompiledPolicy, JsonNode, JsonObject, Span } from '../../policy/index.ts';
import { predicatesOf, rulesetsOf, type PlacedRuleset } from '../conditions.ts';
import type { Draft, Rule } from '../rule.ts';

/** Only with `core`: everything that the hosted gateway's documentation does not have (policy language, kinds of field). */
export const notCore: Rule = {
  code: 'not-core',
  severity: 'warning',
  title: "Not in the hosted gateway's documented language",
  asked: ({ core }) => core,
  *check({ policy }) {
    yield* inDocument(policy);
    for (const placed of rulesetsOf(policy)) yield* inRuleset(placed);
    for (const { predicate, path } of predicatesOf(policy)) {
      if (predicate.path.root !== 'args') yield draft(path, `"${predicate.path.root}" as a path`);
      else if (predicate.path.steps.some((step) => step.kind === 'every')) yield draft(path, '"[*]" in a path');
    }
  },
};

function* inDocument(policy: CompiledPolicy): Generator<Draft> {
  for (const key of ['$schema', 'description', 'server']) yield* keyOf(policy.root, key);
  for (const { key, ...span } of policy.hide.patterns) if (key !== '*') yield draft(span, 'a pattern');
  for (const entry of policy.tools.patterns) yield draft(entry.keySpan, 'a pattern as a key of "tools"');
}

function* inRuleset({ node, entry }: PlacedRuleset): Generator<Draft> {
  for (const key of ['action', 'reason', 'rate_limit', 'approval']) yield* keyOf(node, key);
  if (!entry) for (const key of ['require', 'deny_if']) yield* keyOf(node, key, ' in "all_tools"');
  const limits = node.members.get('limits')?.value;
  for (const limit of limits?.kind === 'array' ? limits.items : []) {
    const scope: JsonNode | undefined = limit.kind === 'object' ? limit.members.get('scope')?.value : undefined;
    if (scope?.kind === 'string' && scope.value !== 'grant') yield draft(scope, `the scope "${scope.value}"`);
  }
}

function* keyOf(object: JsonObject, key: string, where = ''): Generator<Draft> {
  const member = object.members.get(key);
  if (member) yield draft(member.key, `"${key}"${where}`);
}

function draft(span: Span, what: string): Draft {
  return {
    message: `The hosted gateway's documentation does not have ${what}. Portcullis enforces it; another gateway may refuse the document or ignore it.`,
    span: { start: span.start, end: span.end },
    fixes: [],
  };
}
