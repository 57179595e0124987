import type { CompiledPolicy, JsonArray } from '../../policy/index.ts';
import { removeItem, replaceBy } from '../../policy/changes.ts';
import type { Fix } from '../finding.ts';
import { listOthersFix } from '../listing.ts';
import type { Draft, Rule, Subject } from '../rule.ts';

/** Policies that deny every call of every tool, by `default` or by `hide`. */
export const deniesEverything: Rule = {
  code: 'denies-everything',
  severity: 'warning',
  title: 'The policy denies every call',
  *check(subject) {
    yield* byHide(subject.policy);
    if (subject.policy.default === 'deny' && listsNothing(subject.policy)) yield* byDefault(subject);
  },
};

/** Whether `tools` is absent or empty; a lone `"*"` is the business of lone-star-lists-nothing. */
function listsNothing({ tools }: CompiledPolicy): boolean {
  return tools.exact.size === 0 && tools.patterns.length === 0;
}

function* byDefault(subject: Subject): Generator<Draft> {
  const node = subject.policy.root.members.get('default');
  if (!node) return;
  yield {
    message:
      '"default" is "deny" and "tools" lists nothing, so every call is denied, whether hidden or not. ' +
      'Allow by default, or list the tools that agents may call.',
    span: { start: node.key.start, end: node.value.end },
    fixes: [allowByDefault(node.value), ...listOthersFix(subject)],
  };
}

export function allowByDefault(value: { readonly start: number; readonly end: number }): Fix {
  return { title: 'Allow by default', edits: [replaceBy(value, 'allow')] };
}

function* byHide(policy: CompiledPolicy): Generator<Draft> {
  const hide = policy.root.members.get('hide')?.value;
  for (const [index, item] of hide?.kind === 'array' ? hide.items.entries() : []) {
    if (item.kind !== 'string' || !/^\*+$/.test(item.value)) continue;
    yield {
      message: `"hide" holds "${item.value}", so every tool is hidden and every call denied. Remove it, or name the tools to hide.`,
      span: { start: item.start, end: item.end },
      fixes: [{ title: `Remove "${item.value}" from "hide"`, edits: removeItem(hide as JsonArray, index) }],
    };
  }
}
