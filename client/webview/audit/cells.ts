/** One table row: six cells made of text. */
import type { AuditRow, ColumnName, PageStrings } from '../../src/webview/audit/messages.ts';
import { element, icon } from '../dom.ts';
import { shortRule } from '../list/rule.ts';

export const columnOrder: readonly ColumnName[] = ['time', 'client', 'tool', 'decision', 'rule', 'message'];

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

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const everything = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

const fullTime = (at: number): string => everything.format(at);
const shortTime = (at: number): string => (isToday(at) ? clock : dayAndClock).format(at);
const isToday = (at: number): boolean => new Date(at).toDateString() === new Date().toDateString();
