/** The audit page: rows come in as messages, what the reader chose is kept in VS Code's state, clicks go out as messages. */
import '../page.css';
import './audit.css';
import type { AuditFilter, FromPage, PageStrings, ToPage } from '../../src/webview/audit/messages.ts';
import { element, fill, pageHeading } from '../dom.ts';
import { vscode } from '../vscode.ts';
import { Announcer } from './announcer.ts';
import { isFiltering, noFilter } from './filter.ts';
import { Rows } from './rows.ts';
import { Surroundings } from './surroundings.ts';
import { CallTable } from './table.ts';
import { Toolbar } from './toolbar.ts';
import { Waiting } from './waiting.ts';

interface SavedState {
  readonly filter: AuditFilter;
  readonly scrollTop: number;
}

const strings = JSON.parse(document.body.dataset['page'] ?? '{}') as PageStrings;
const saved = vscode.getState() as SavedState | undefined;
const send = (message: FromPage): void => vscode.postMessage(message);

const rows = new Rows();
const table = new CallTable(rows, strings, (id) => send({ type: 'open', id }));
const toolbar = new Toolbar(strings, setFilter);
const surroundings = new Surroundings((action) => send({ type: 'run', action }));
const waiting = new Waiting(strings, send);
const announcer = new Announcer(strings);
const nothing = element('p', { className: 'nothing', hidden: true }, strings.nothingMatches);
const newCalls = element('button', { type: 'button', className: 'new-calls', hidden: true });
let unread = 0;

document.body.append(
  waiting.element,
  toolbar.element,
  surroundings.banners,
  element('main', {}, pageHeading(), table.element, nothing, newCalls, surroundings.empty),
  announcer.element,
);

function setFilter(filter: AuditFilter): void {
  rows.setFilter(filter);
  unread = 0;
  table.scrollTop = 0;
  send({ type: 'filtered', filtered: isFiltering(filter) });
  draw(0);
  save();
}

function draw(added: number): void {
  surroundings.empty.hidden = rows.total > 0;
  table.element.hidden = rows.length === 0;
  nothing.hidden = rows.total === 0 || rows.length > 0;
  toolbar.element.hidden = rows.total === 0;
  toolbar.count(rows.length, rows.total);
  unread = table.follows ? 0 : unread + added;
  table.update(added);
  showUnread();
}

function showUnread(): void {
  newCalls.hidden = unread === 0;
  newCalls.textContent = `↑ ${fill(strings.newCalls, unread)}`;
}

const save = (): void => vscode.setState({ filter: rows.filter, scrollTop: table.scrollTop } satisfies SavedState);

function receive(message: ToPage): void {
  switch (message.type) {
    case 'rows': {
      if (message.replace) rows.replace(message.rows);
      const fresh = message.replace ? [] : rows.add(message.rows);
      draw(fresh.length);
      if (message.replace) table.scrollTop = saved?.scrollTop ?? 0;
      return announcer.tell(fresh);
    }
    case 'page':
      return surroundings.show(message.page);
    case 'waiting':
      if (waiting.show(message.calls)) announcer.say(strings.newWaiting);
      return;
    case 'filter':
      toolbar.show(message.filter);
      return setFilter(message.filter);
  }
}

newCalls.addEventListener('click', () => {
  table.scrollTop = 0;
  table.focus();
});
table.element.addEventListener('scrollend', save);
table.element.addEventListener('scroll', () => {
  if (!table.follows) return;
  unread = 0;
  showUnread();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  toolbar.focusText();
});
window.addEventListener('message', (event: MessageEvent<ToPage>) => receive(event.data));

toolbar.show(saved?.filter ?? noFilter);
rows.setFilter(saved?.filter ?? noFilter);
draw(0);
send({ type: 'ready' });
