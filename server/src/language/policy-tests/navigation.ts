/** The ways out of a policy test: to the files that it names, and to the rule that a case expects. */
import type { DocumentLink, Location, Position } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { locateRule } from '../../policy/index.ts';
import { nodeAt, scalarAt } from '../document/place.ts';
import { tokenAt } from '../document/token.ts';
import { caseAt } from './place.ts';
import { fileBeside, type TestSubject } from './subject.ts';
import type { TestView } from './test-view.ts';

export function testLinks(view: TestView): DocumentLink[] {
  return ['policy', 'tools'].flatMap((key) => {
    const node = nodeAt(view.draft, [key]);
    const file = fileBeside(view, node?.kind === 'string' ? String(node.value) : '');
    if (node?.kind !== 'string' || file === undefined) return [];
    const inside = { start: node.start + 1, end: node.closed ? node.end - 1 : node.end };
    return [{ range: view.range(inside), target: URI.file(file).toString() }];
  });
}

/** On a rule: where it stands in the policy. On a tool: the entry that the policy has for it alone. */
export function testDefinition(view: TestView, position: Position, { policy }: TestSubject): Location | null {
  const place = tokenAt(view.draft, view.offsetAt(position));
  const found = place && !place.isKey ? caseAt(view, place.path) : undefined;
  if (!found || found.tool === undefined || !policy?.policy) return null;
  const at = found.rest.join('/');
  const rule = at === 'expect/rule' ? scalarAt(view.draft, [...found.at, 'expect', 'rule']) : undefined;
  const span =
    typeof rule === 'string'
      ? locateRule(policy.policy, rule, found.tool)
      : at === 'call/tool'
        ? policy.policy.tools.exact.get(found.tool)?.keySpan
        : undefined;
  return span ? { uri: policy.uri, range: policy.range(span) } : null;
}
