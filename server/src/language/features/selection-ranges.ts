/** Selection ranges: token, member, inside of the brackets, container, and so on outwards. */
import type { Position, SelectionRange } from 'vscode-languageserver';
import { isScalar } from '../document/cursor.ts';
import type { DraftContainer, DraftNode } from '../document/draft.ts';
import type { TextView } from '../document/text-view.ts';
import type { Span } from '../../policy/json/node.ts';

export function selectionRanges(view: TextView, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const offset = view.offsetAt(position);
    const spans = view.draft === undefined ? [] : around(view.draft, offset);
    const whole: SelectionRange = { range: view.range({ start: 0, end: view.text.length }) };
    return spans.reduce<SelectionRange>((parent, span) => nested(parent, view, span), whole);
  });
}

function nested(parent: SelectionRange, view: TextView, span: Span): SelectionRange {
  const range = view.range(span);
  const { start, end } = parent.range;
  const same = start.line === range.start.line && start.character === range.start.character;
  const alike = same && end.line === range.end.line && end.character === range.end.character;
  return alike ? parent : { range, parent };
}

/** From the outside in. */
function around(node: DraftNode, offset: number): readonly Span[] {
  if (!holds(node, offset)) return [];
  if (isScalar(node)) return [node];
  const inside = { start: node.start + 1, end: node.closed ? node.end - 1 : node.end };
  return [node, ...(holds(inside, offset) ? [inside] : []), ...within(node, offset)];
}

function within(container: DraftContainer, offset: number): readonly Span[] {
  if (container.kind === 'array') {
    const item = container.items.find((each) => holds(each, offset));
    return item === undefined ? [] : around(item, offset);
  }
  const member = container.members.find(({ key, value }) =>
    holds({ start: key.start, end: value?.end ?? key.end }, offset),
  );
  if (member === undefined) return [];
  const whole = { start: member.key.start, end: member.value?.end ?? member.key.end };
  const inner = holds(member.key, offset) || member.value === undefined ? [member.key] : around(member.value, offset);
  return [whole, ...inner];
}

function holds(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
