/** The rows of the table, made of text: one of a call, one of a tool with the calls below it. */
import type { AuditRow, ColumnName, PageStrings } from '../../src/webview/audit/messages.ts';
import { element, fill, icon } from '../dom.ts';
import { shortRule } from '../list/rule.ts';
import type { GroupLine } from './groups.ts';
import { fullTime, shortTime } from './times.ts';

export const columnOrder: readonly ColumnName[] = ['time', 'client', 'tool', 'decision', 'rule', 'latency', 'message'];

const decisionIcons: Readonly<Record<AuditRow['decision'], readonly string[]>> = {
  allow: ['M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z', 'M5 8.2l2.1 2.1L11.2 6'],
  deny: ['M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z', 'M3.5 12.5l9-9'],
  pending: ['M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 0 1 0-13z', 'M8 4.5V8l2.5 1.8'],
  wouldDeny: ['M8 2l6.5 11.5h-13z', 'M8 6.5v3', 'M8 11.3v.4'],
};

export function rowElement(row: AuditRow, strings: PageStrings, manyServers: boolean): HTMLTableRowElement {
  const cells = columnOrder.map((name) => cell(name, row, strings, manyServers));
  return element('tr', { className: `call ${row.decision}` }, ...cells);
}

export function groupElement({ group }: GroupLine, strings: PageStrings): HTMLTableRowElement {
  const { server, tool, calls, denied, isOpen } = group;
  const cell = element(
    'td',
    { colSpan: columnOrder.length, title: `${server} › ${tool}` },
    icon('fold', [isOpen ? 'M4 6l4 4l4-4' : 'M6 4l4 4l-4 4']),
    element('span', { className: 'name' }, `${server} › ${tool}`),
    element(
      'span',
      { className: denied > 0 ? 'group-count denied' : 'group-count' },
      fill(strings.groupCount, calls, denied),
    ),
  );
  const row = element('tr', { className: 'group' }, cell);
  row.setAttribute('aria-expanded', String(isOpen));
  row.setAttribute('aria-level', '1');
  return row;
}

function cell(name: ColumnName, row: AuditRow, strings: PageStrings, manyServers: boolean): HTMLTableCellElement {
  const td = element('td', { className: name });
  switch (name) {
    case 'time':
      td.append(
        element('time', { dateTime: new Date(row.at).toISOString(), title: fullTime(row.at) }, shortTime(row.at)),
      );
      return td;
    case 'tool':
      td.append(toolContent(row, strings, manyServers));
      return td;
    case 'decision':
      td.append(icon(row.decision, decisionIcons[row.decision]), wordOf(row, strings));
      return td;
    case 'rule':
      td.append(shortRule(row.rule, row.tool));
      td.title = row.rule;
      return td;
    case 'latency':
      if (row.latencyMs !== undefined) td.append(fill(strings.latency, Math.round(row.latencyMs)));
      return td;
    case 'client':
    case 'message':
      td.append(row[name]);
      td.title = row[name];
      return td;
  }
}

/** A question that was answered waits no more. */
function wordOf({ decision, outcome }: AuditRow, { decisions, answers }: PageStrings): string {
  const answered = outcome === 'approved' || outcome === 'refused' || outcome === 'expired';
  return decision === 'pending' && answered ? answers[outcome] : decisions[decision];
}

function toolContent(row: AuditRow, strings: PageStrings, manyServers: boolean): HTMLElement {
  const content = element('div', { className: 'tool-content' });
  if (manyServers) content.append(element('span', { className: 'server', title: row.server }, row.server));
  content.append(element('span', { className: 'name', title: `${row.server} › ${row.tool}` }, row.tool));
  if (row.risk !== '') {
    const title = row.category;
    content.append(element('span', { className: `risk ${row.risk}`, title }, strings.risks[row.risk]));
  }
  return content;
}
