/** The builder's page: what the policy says comes in as messages, what the person decides goes out; nothing is decided here. */
import '../page.css';
import './builder.css';
import type { FormOwner } from '../../../server/src/protocol/policyForms.ts';
import type { ToolState } from '../../../server/src/protocol/policyTools.ts';
import type { FromPage, PageStrings, ToolFilter, ToPage } from '../../src/webview/builder/messages.ts';
import { button, element, pageHeading } from '../dom.ts';
import { onFind } from '../find.ts';
import { Grid, setAttribute } from '../list/grid.ts';
import { vscode } from '../vscode.ts';
import { Bulk } from './bulk.ts';
import { headings, rowElement } from './cells.ts';
import { RulePane } from './form/pane.ts';
import { History } from './history.ts';
import { Summary } from './summary.ts';
import { Toolbar } from './toolbar.ts';
import { noFilter, Tools, type ToolRow } from './tools.ts';

interface SavedState {
  readonly filter: ToolFilter;
  readonly owner?: FormOwner | undefined;
}

/** CSS pixels. */
const ROW_HEIGHT = 28;

const keyStates: Readonly<Record<string, ToolState>> = { a: 'allow', d: 'deny', h: 'hide', p: 'approve' };

const strings = JSON.parse(document.body.dataset['page'] ?? '{}') as PageStrings;
const saved = vscode.getState() as SavedState | undefined;
const history = new History((message: FromPage) => vscode.postMessage(message));
const { send } = history;
const change = (tools: readonly string[], state: ToolState): void => send({ type: 'state', tools, state });

const tools = new Tools();
const pane = new RulePane(strings, send, () => {
  save();
  grid.table.focus();
});
const summary = new Summary(strings, send, () => showRules({ kind: 'all_tools' }, true));
const toolbar = new Toolbar(strings, setFilter);
const bulk = new Bulk(strings, {
  change: (state) => change(tools.selected, state),
  selectShown: () => reselect(() => tools.selectShown()),
  clear: () => {
    reselect(() => tools.clearSelection());
    grid.table.focus();
  },
});
const grid = new Grid<ToolRow>({
  className: 'tools',
  label: strings.table,
  rowHeight: ROW_HEIGHT,
  headings: headings(strings),
  rows: tools,
  makeRow: (row) => rowElement(row, strings),
  onOpen: open,
  onKey: press,
  onMove: ({ shiftKey }, to, from) => {
    if (shiftKey && from !== undefined) reselect(() => tools.selectBetween(from.id, to.id));
    follow(to.id);
  },
  mark: (drawn, { id }) => setAttribute(drawn, 'aria-selected', String(tools.isSelected(id))),
});
grid.table.setAttribute('aria-multiselectable', 'true');
const beside = element('div', { className: 'beside' });
const nothing = element('p', { className: 'nothing', hidden: true });
const outcome = element('div', { className: 'outcome' });
outcome.setAttribute('role', 'status');
const builder = element(
  'main',
  { hidden: true },
  pageHeading(),
  summary.element,
  toolbar.element,
  bulk.element,
  beside,
  outcome,
);
const broken = element('div', { className: 'empty', hidden: true });
broken.setAttribute('role', 'alert');
/** Where a selection by Shift and a click begins. */
let anchor: string | undefined;

beside.append(element('div', { className: 'table' }, grid.element, nothing), pane.element);
document.body.append(builder, broken);

function setFilter(filter: ToolFilter): void {
  tools.setFilter(filter);
  grid.element.scrollTop = 0;
  save();
  draw();
}

function save(): void {
  vscode.setState({ filter: tools.filter, owner: pane.owner } satisfies SavedState);
}

function showRules(owner: FormOwner, wantsFocus: boolean): void {
  pane.open(owner, wantsFocus);
  save();
}

/** The pane shows the row that is moved to, once it is open; the text opens there. */
function follow(id: string): void {
  send({ type: 'active', tool: id });
  if (pane.owner !== undefined) showRules({ kind: 'entry', key: id }, false);
}

function reselect(select: () => void): void {
  select();
  draw();
}

function draw(): void {
  toolbar.update(tools);
  bulk.update(tools);
  grid.element.hidden = tools.length === 0;
  nothing.hidden = tools.length > 0;
  nothing.textContent = tools.total === 0 ? strings.noTools : strings.nothingMatches;
  grid.draw();
}

/** Enter opens the rules; a click does what stands at its place. */
function open({ id }: ToolRow, event: Event): void {
  if (!(event instanceof MouseEvent)) return showRules({ kind: 'entry', key: id }, true);
  follow(id);
  const target = event.target instanceof Element ? event.target : undefined;
  const state = target?.closest<HTMLElement>('button[data-state]')?.dataset['state'];
  if (state === 'custom') return showRules({ kind: 'entry', key: id }, true);
  if (state !== undefined) return change([id], state as ToolState);
  const from = anchor;
  if (event.shiftKey && from !== undefined) return reselect(() => tools.selectBetween(from, id));
  anchor = id;
  if (target?.closest('td.selected') || event.ctrlKey || event.metaKey) reselect(() => tools.toggle(id));
}

function press(event: KeyboardEvent, { id }: ToolRow): void {
  const { key, altKey, ctrlKey, metaKey } = event;
  if (key === 'a' && (ctrlKey || metaKey)) reselect(() => tools.selectShown());
  else if (altKey || ctrlKey || metaKey) return;
  else if (key === ' ') reselect(() => tools.toggle(id));
  else if (key === 'Escape') reselect(() => tools.clearSelection());
  else if (key.toLowerCase() === 't') change([id], 'custom');
  else {
    const state = keyStates[key.toLowerCase()];
    if (state === undefined) return;
    change(tools.targets(id), state);
  }
  event.preventDefault();
}

function receive(message: ToPage): void {
  switch (message.type) {
    case 'policy':
      tools.replace(message.tools);
      summary.show(message);
      builder.hidden = false;
      broken.hidden = true;
      return draw();
    case 'invalid':
      builder.hidden = true;
      broken.hidden = false;
      return showBroken(message);
    case 'form':
      return pane.show(message.form);
    case 'refused':
      return pane.refuse(message.key, message.problem);
    case 'reveal':
      return reveal(message.owner);
    case 'settled':
      return history.settle();
    case 'outcome':
      outcome.textContent = message.text;
  }
}

/** A tool that the filter leaves out is shown nevertheless: the person comes from it. */
function reveal(owner: FormOwner): void {
  if (owner.kind === 'entry' && tools.indexOf(owner.key) < 0 && tools.has(owner.key)) setFilter(noFilter);
  if (owner.kind === 'entry') grid.activate(owner.key);
  showRules(owner, false);
}

function showBroken({ title, problem }: Extract<ToPage, { type: 'invalid' }>): void {
  const openText = button(strings.openText, () => send({ type: 'text' }), 'primary');
  const actions = element('div', { className: 'actions' }, openText);
  broken.replaceChildren(element('h2', {}, title), element('p', {}, problem), actions);
}

document.addEventListener('keydown', (event) => history.press(event));
onFind(() => toolbar.focusText());
window.addEventListener('message', (event: MessageEvent<ToPage>) => receive(event.data));

tools.setFilter(saved?.filter ?? noFilter);
send({ type: 'ready' });
if (saved?.owner) showRules(saved.owner, false);
