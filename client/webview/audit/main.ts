/** The audit page: rows come in as messages, what the reader chose is kept in VS Code's state, clicks go out as messages. */
import '../page.css';
import './audit.css';
import './side.css';
import type { AuditFilter, FromPage, PackedRows, PageStrings, ToPage } from '../../src/webview/audit/messages.ts';
import { element, fill, pageHeading } from '../dom.ts';
import { onFind } from '../find.ts';
import { vscode } from '../vscode.ts';
import { Announcer } from './announcer.ts';
import { Beside } from './beside.ts';
import { Chart } from './chart.ts';
import { isFiltering, noFilter, spans } from './filter.ts';
import { Lines } from './groups.ts';
import { Rows } from './rows.ts';
import { Surroundings } from './surroundings.ts';
import { CallTable } from './table.ts';
import { timeline } from './timeline.ts';
import { Toolbar } from './toolbar.ts';
import { Waiting } from './waiting.ts';

interface SavedState {
  readonly filter: AuditFilter;
  readonly scrollTop: number;
  readonly isGrouped?: boolean;
}

/** Milliseconds after which calls have grown older than a filter on time lets through. */
const AGEING = 30_000;

const strings = JSON.parse(document.body.dataset['page'] ?? '{}') as PageStrings;
const saved = vscode.getState() as SavedState | undefined;
const send = (message: FromPage): void => vscode.postMessage(message);

const rows = new Rows();
const lines = new Lines(rows);
const beside = new Beside(strings, {
  send,
  row: (id) => rows.row(id),
  filter: (text) => setFilter({ ...rows.filter, text }),
  shown: (what) => {
    toolbar.showsLimits = what === 'limits';
    if (what === undefined) table.focus();
  },
});
const table = new CallTable(rows, lines, strings, {
  open: (id, event) => beside.open(id, event),
  move: (id) => beside.moveTo(id),
  act: (id) => send({ type: 'act', id, action: 'rule' }),
  leave: () => beside.close(),
});
const toolbar = new Toolbar(strings, {
  filter: setFilter,
  group: setGrouped,
  follow: (follows) => {
    table.follow(follows);
    toolbar.follows = follows;
    readAll();
  },
  limits: (shown) => beside.showLimits(shown),
  loadOlder: () => send({ type: 'run', action: 'loadOlderCalls' }),
});
const chart = new Chart(strings.chart, (range) => {
  const { decision, text, span } = rows.filter;
  setFilter({ decision, text, span, ...(range && { range }) });
});
const surroundings = new Surroundings((action) => send({ type: 'run', action }));
const waiting = new Waiting(strings, send);
const announcer = new Announcer(strings);
const nothing = element('p', { className: 'nothing', hidden: true }, strings.nothingMatches);
const newCalls = element('button', { type: 'button', className: 'new-calls', hidden: true });
const list = element(
  'div',
  { className: 'list' },
  chart.element,
  element('div', { className: 'place' }, table.element, nothing, newCalls),
);
let unread = 0;
/** A frame that was asked for. */
let drawing = 0;
/** Where the reader was before the page was hidden; taken up again once the rows are back. */
let scrollTarget = saved?.scrollTop ?? 0;

document.body.append(
  waiting.element,
  toolbar.element,
  surroundings.banners,
  element('main', { className: 'split' }, pageHeading(), list, beside.element, surroundings.empty),
  announcer.element,
);

function setFilter(filter: AuditFilter): void {
  toolbar.show(filter);
  rows.setFilter(filter, Date.now());
  scrollTarget = 0;
  table.scrollTop = 0;
  send({ type: 'filtered', filtered: isFiltering(filter) });
  drawSoon();
  readAll();
  save();
}

function setGrouped(isGrouped: boolean): void {
  table.group(isGrouped);
  toolbar.isGrouped = isGrouped;
  readAll();
  save();
}

function draw(added: number): void {
  const isEmpty = rows.total === 0;
  surroundings.empty.hidden = !isEmpty;
  list.hidden = isEmpty;
  table.element.hidden = rows.length === 0;
  nothing.hidden = isEmpty || rows.length > 0;
  toolbar.element.hidden = isEmpty;
  toolbar.count(rows.length, rows.total);
  unread = table.follows ? 0 : unread + added;
  table.update(added);
  drawChart();
  showUnread();
}

/** To filter a hundred thousand calls and to draw what is left are two tasks; pieces come faster than anyone could see them drawn. */
function drawSoon(): void {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    draw(0);
    if (scrollTarget > 0) table.scrollTop = scrollTarget;
  });
}

function drawChart(): void {
  const { span, range } = rows.filter;
  const newest = rows.matching.at(-1);
  const until = span === 'all' && newest !== undefined ? rows.calls.at(newest) : Date.now();
  chart.show(timeline(rows.calls, rows.matching, spans[span], until), range);
}

function showUnread(): void {
  newCalls.hidden = unread === 0 || lines.isGrouped;
  newCalls.textContent = `↑ ${fill(strings.newCalls, unread)}`;
}

function readAll(): void {
  unread = 0;
  showUnread();
}

const save = (): void => {
  const { filter } = rows;
  vscode.setState({ filter, scrollTop: table.scrollTop, isGrouped: lines.isGrouped } satisfies SavedState);
};

function receive(message: ToPage): void {
  switch (message.type) {
    case 'rows':
      return receiveRows(message);
    case 'page':
      toolbar.hasOlder = message.page.hasOlder;
      return surroundings.show(message.page);
    case 'waiting':
      if (waiting.show(message.calls)) announcer.say(strings.newWaiting);
      return;
    case 'details':
      return beside.showDetails(message.details);
    case 'limits':
      return beside.fillLimits(message);
    case 'filter':
      return setFilter({ ...noFilter, ...message.filter });
  }
}

function receiveRows(given: Extract<ToPage, { type: 'rows' }>): void {
  if (given.kind === 'new') receiveNew(given);
  else receiveKnown(given);
  beside.changed(given);
}

function receiveNew(given: PackedRows): void {
  const fresh = rows.add(given);
  draw(fresh.length);
  announcer.tell(fresh.length, fresh.filter((call) => rows.calls.isDenied(call)).length);
  // All is sent again.
  if (rows.isWasteful) send({ type: 'ready' });
}

function receiveKnown(given: Extract<ToPage, { type: 'rows' }>): void {
  if (given.kind === 'first') rows.clear();
  rows.addOlder(given);
  drawSoon();
}

newCalls.addEventListener('click', () => {
  table.follow(true);
  toolbar.follows = true;
  table.focus();
});
table.element.addEventListener('scrollend', () => {
  scrollTarget = 0;
  save();
});
table.element.addEventListener('scroll', () => {
  toolbar.follows = table.follows;
  if (table.follows) readAll();
});
onFind(() => toolbar.focusText());
window.addEventListener('message', (event: MessageEvent<ToPage>) => receive(event.data));
setInterval(() => {
  if (rows.filter.span === 'all') return;
  rows.setFilter(rows.filter, Date.now());
  draw(0);
}, AGEING);

const filter = { ...noFilter, ...saved?.filter };
toolbar.show(filter);
toolbar.follows = true;
rows.setFilter(filter, Date.now());
setGrouped(saved?.isGrouped ?? false);
draw(0);
send({ type: 'ready' });
