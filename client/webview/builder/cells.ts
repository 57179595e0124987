/** One table row: whether it is selected, the tool, its risk, its state to choose, and what the engine makes of it. */
import type { ToolState } from '../../../server/src/protocol/policyTools.ts';
import type { ColumnName, PageStrings } from '../../src/webview/builder/messages.ts';
import { element, icon } from '../dom.ts';
import { shortRule } from '../list/rule.ts';
import { riskOf, type ToolRow } from './tools.ts';

export const toolStates: readonly ToolState[] = ['allow', 'deny', 'hide', 'approve', 'custom'];

const columnOrder: readonly ColumnName[] = ['selected', 'tool', 'risk', 'state', 'decision'];
const check = ['M3.5 8.5l3 3 6-7'];

export function headings(strings: PageStrings): HTMLTableCellElement[] {
  return columnOrder.map((name) => {
    const text = strings.columns[name];
    const shown = name === 'selected' ? element('span', { className: 'announcer' }, text) : text;
    return element('th', { scope: 'col', className: name }, shown);
  });
}

export function rowElement(row: ToolRow, strings: PageStrings): HTMLTableRowElement {
  const cells = columnOrder.map((name) =>
    element('td', { className: name, title: titleOf(name, row) }, ...content(name, row, strings)),
  );
  return element('tr', { className: 'tool-row' }, ...cells);
}

function content(name: ColumnName, row: ToolRow, strings: PageStrings): readonly (Node | string)[] {
  switch (name) {
    case 'selected':
      return [element('span', { className: 'box' }, icon('check', check))];
    case 'tool':
      return [
        element('span', { className: 'name' }, row.label),
        element('span', { className: 'description' }, row.description),
      ];
    case 'risk': {
      const word = riskOf(row);
      return [
        element('span', { className: `risk ${word}` }, strings.risks[word]),
        ' ',
        element('span', { className: 'category' }, row.risk?.category ?? ''),
      ];
    }
    case 'state':
      return [states(row, strings)];
    case 'decision':
      return [
        element('span', { className: `standing ${row.standing}` }, strings.standings[row.standing]),
        ' ',
        element('span', { className: 'why' }, why(row)),
      ];
  }
}

/** What the word for the decision does not say already. */
function why({ rule, rules, name }: ToolRow): string {
  const short = shortRule(rule, name);
  return rule === '' || short === 'approval' || short === 'action' ? rules.join('; ') : short;
}

function titleOf(name: ColumnName, row: ToolRow): string {
  switch (name) {
    case 'tool':
      return row.description === '' ? row.label : `${row.label}\n\n${row.description}`;
    case 'risk':
      return row.risk?.why ?? '';
    case 'decision':
      return [row.sentence, ...row.rules].join('\n');
    case 'selected':
    case 'state':
      return '';
  }
}

/** For the mouse: the keys do the same on the row. */
function states(row: ToolRow, strings: PageStrings): HTMLElement {
  const buttons = toolStates.map((state) => {
    const title = strings.stateMeanings[state];
    const button = element('button', { type: 'button', tabIndex: -1, className: state, title }, strings.states[state]);
    button.dataset['state'] = state;
    button.setAttribute('aria-pressed', String(row.state === state));
    return button;
  });
  const group = element('div', { className: 'states' }, ...buttons);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', row.label);
  return group;
}
