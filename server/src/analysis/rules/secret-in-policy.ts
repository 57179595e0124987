import { replaceBy } from '../../policy/changes.ts';
import type { CompiledPolicy, JsonNode, JsonString, Operator } from '../../policy/index.ts';
import { predicatesOf, rulesetsOf, type PlacedPredicate } from '../conditions.ts';
import type { Fix } from '../finding.ts';
import type { Draft, Rule } from '../rule.ts';
import { isSecretName, knownSecret, looksRandom } from '../secrets.ts';

/** Credentials in a policy: everybody who may read the file has them, and texts for agents tell them to agents. The text itself is never repeated. */
export const secretInPolicy: Rule = {
  code: 'secret-in-policy',
  severity: 'warning',
  title: 'A secret stands in the policy',
  local: true,
  *check({ policy }) {
    const found = new Set<number>();
    for (const { node, shown } of textsOf(policy)) {
      const what = knownSecret(node.value);
      if (what === undefined) continue;
      found.add(node.start);
      yield draft(node, what, shown);
    }
    for (const placed of predicatesOf(policy)) {
      for (const node of randomValues(placed)) if (!found.has(node.start)) yield draft(node, 'a credential', false);
    }
  },
};

interface Text {
  readonly node: JsonString;
  /** Whether it is only for reading: then a fix can take the secret out without changing what is decided. */
  readonly shown: boolean;
}

const SHOWN: ReadonlySet<string> = new Set(['description', 'reason', 'on_deny', 'message']);

/** Keys whose values are words of the language, or are judged as such. */
const WORDS: ReadonlySet<string> = new Set(['path', 'op', 'window', 'scope', 'action', 'version', 'default']);

/** What stands outside of `tools`, and its entries one by one: only those of the policy's index are asked for. */
function textsOf(policy: CompiledPolicy): readonly Text[] {
  const texts = rulesetsOf(policy).flatMap(({ node, entry }) => (entry ? textsIn(node, '') : []));
  for (const [key, { value }] of policy.root.members)
    if (key !== 'tools' && !WORDS.has(key)) textsIn(value, key, texts);
  return texts;
}

function textsIn(node: JsonNode, key: string, found: Text[] = []): Text[] {
  if (node.kind === 'string') found.push({ node, shown: SHOWN.has(key) });
  else if (node.kind === 'array') for (const item of node.items) textsIn(item, '', found);
  else if (node.kind === 'object') {
    for (const [name, { value }] of node.members) if (!WORDS.has(name)) textsIn(value, name, found);
  }
  return found;
}

const COMPARES: ReadonlySet<Operator> = new Set(['eq', 'neq', 'in', 'not_in', 'contains']);

/** What an argument that is called a secret is compared with, if it looks like one. */
function randomValues({ predicate, value }: PlacedPredicate): readonly JsonString[] {
  const names = predicate.path.steps.flatMap((step) => (step.kind === 'key' ? [step.name] : []));
  if (!isSecretName(names.at(-1) ?? '') || !COMPARES.has(predicate.op)) return [];
  const values = value?.kind === 'array' ? value.items : value ? [value] : [];
  return values.filter((each) => each.kind === 'string').filter((each) => looksRandom(each.value));
}

function draft(node: JsonString, what: string, shown: boolean): Draft {
  const fixes: readonly Fix[] = shown ? [{ title: 'Take the text out', edits: [replaceBy(node, '(removed)')] }] : [];
  return {
    message: `This looks like ${what}. Whoever may read the policy has it, and so may agents. Take it out, and replace it where it was issued.`,
    span: { start: node.start, end: node.end },
    sensitive: true,
    fixes,
  };
}
