/** The names in policies and policy tests that belong together: tools, counters, conditions' ids, and the log's rules that are made of them. Pure. */
import { escapeToken, isPattern, matchesPattern } from '../../policy/index.ts';
import type { Span } from '../../policy/json/node.ts';
import type { DraftMember, DraftNode, DraftScalar } from './draft.ts';
import { nodeAt } from './place.ts';

export interface NamedPlace extends Span {
  readonly kind: 'tool' | 'counter' | 'id' | 'rule';
  /** What is written there, without quotes. */
  readonly name: string;
  /** A key of `tools`, or a counter or id: not an item of `hide`, nor what a test says. */
  readonly defines: boolean;
  /** The log's rule that a counter or id gives its name to, or that a test expects. */
  readonly rule?: string;
}

/** In document order, as far as a half-typed text has them. */
export function namesIn(root: DraftNode | undefined): readonly NamedPlace[] {
  return nodeAt(root, ['cases']) === undefined ? namesInPolicy(root) : namesInTest(root);
}

/** Whether two places are about one thing. Counters and ids belong to their own policy: the caller sees to that. */
export function isSame(a: NamedPlace, b: NamedPlace): boolean {
  if (a.kind === 'tool' || b.kind === 'tool') return a.kind === b.kind && meet(a.name, b.name);
  return a.rule !== undefined && a.rule === b.rule;
}

/** Equal, or one a pattern that the other matches. */
function meet(a: string, b: string): boolean {
  return a === b || (isPattern(a) && matchesPattern(a, b)) || (isPattern(b) && matchesPattern(b, a));
}

function namesInPolicy(root: DraftNode | undefined): readonly NamedPlace[] {
  return membersOf(root).flatMap(({ key, value }) => {
    if (key.value === 'hide') return itemsOf(value).flatMap((item) => mention('tool', item));
    if (key.value === 'all_tools') return namesInRuleset('/all_tools', value);
    return key.value === 'tools' ? membersOf(value).flatMap(namesInEntry) : [];
  });
}

function namesInEntry({ key, value }: DraftMember): readonly NamedPlace[] {
  return [...definition('tool', key), ...namesInRuleset(`/tools/${escapeToken(String(key.value))}`, value)];
}

function namesInRuleset(prefix: string, ruleset: DraftNode | undefined): readonly NamedPlace[] {
  const named = (list: string, key: 'counter' | 'id'): readonly NamedPlace[] =>
    itemsOf(nodeAt(ruleset, [list])).flatMap((item) => definition(key, nodeAt(item, [key]), `${prefix}/${list}`));
  const found = [...named('deny_if', 'id'), ...named('require', 'id'), ...named('limits', 'counter')];
  return found.sort((a, b) => a.start - b.start);
}

function namesInTest(root: DraftNode | undefined): readonly NamedPlace[] {
  return itemsOf(nodeAt(root, ['cases'])).flatMap((each) => {
    const [expected] = mention('rule', nodeAt(each, ['expect', 'rule']));
    return [
      ...mention('tool', nodeAt(each, ['call', 'tool'])),
      ...(expected ? [{ ...expected, rule: expected.name }] : []),
    ];
  });
}

function definition(kind: NamedPlace['kind'], node: DraftNode | undefined, parent?: string): readonly NamedPlace[] {
  return mention(kind, node).map((place) => ({
    ...place,
    defines: true,
    ...(parent !== undefined && { rule: `${parent}/${escapeToken(place.name)}` }),
  }));
}

function mention(kind: NamedPlace['kind'], node: DraftNode | undefined): readonly NamedPlace[] {
  if (node === undefined || !isText(node)) return [];
  const { start, end, value } = node;
  return [{ kind, name: value, start, end, defines: false }];
}

function isText(node: DraftNode): node is DraftScalar & { readonly value: string } {
  return node.kind === 'string' && node.closed && typeof node.value === 'string';
}

const membersOf = (node: DraftNode | undefined): readonly DraftMember[] =>
  node?.kind === 'object' ? node.members : [];
const itemsOf = (node: DraftNode | undefined): readonly DraftNode[] => (node?.kind === 'array' ? node.items : []);
