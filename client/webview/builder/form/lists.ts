/** The rules of a list as cards: each with what it means, its fields, and buttons to move or remove it; below them, what can be added. */
import type {
  FormEdit,
  FormField,
  FormList,
  FormListName,
  FormOption,
  FormPath,
  FormRule,
} from '../../../../server/src/protocol/policyForms.ts';
import type { FormStrings } from '../../../src/webview/builder/messages.ts';
import { button, element, fill } from '../../dom.ts';
import { keyOf } from './field.ts';
import { findingList } from './findings.ts';

export interface ListActions {
  readonly strings: FormStrings;
  readonly field: (field: FormField) => HTMLElement;
  /** `focus`: the key of what the focus goes to when the change is made. */
  readonly edit: (edit: FormEdit, focus: string) => void;
}

/** Where the focus goes when a rule was added: to its first field, whatever that is. */
const firstFieldOf = (path: FormPath): string => keyOf('first', path);

let ids = 0;

export function listElement({ name, rules, offers }: FormList, actions: ListActions): HTMLElement {
  const path = [name];
  const { strings } = actions;
  const heading = element('h3', {}, strings.lists[name]);
  const cards = rules.map((rule, index) => card(rule, { name, index, count: rules.length }, actions));
  const section = element('section', { className: `rule-list ${name}` }, heading, ...cards);
  if (offers.length > 0) section.append(adder(path, rules.length, offers, strings.adds[name], actions));
  section.setAttribute('aria-labelledby', (heading.id = nextId()));
  return section;
}

interface Position {
  readonly name: FormListName | 'part';
  readonly index: number;
  readonly count: number;
}

function card(rule: FormRule, position: Position, actions: ListActions): HTMLElement {
  const { strings } = actions;
  const text = rule.clause ?? fill(strings.part, position.index + 1);
  const clause = element('p', { className: rule.clause === undefined ? 'part' : 'clause', id: nextId() }, text);
  const fields = rule.fields.map(actions.field);
  const head = element('div', { className: 'card-head' }, clause, buttons(rule, position, actions));
  const made = element(
    'div',
    { className: 'card' },
    head,
    ...findingList(rule.findings),
    ...parts(rule, actions),
    ...fields,
  );
  made.dataset['first'] = firstFieldOf(rule.path);
  made.setAttribute('role', 'group');
  made.setAttribute('aria-labelledby', clause.id);
  return made;
}

function parts({ parts: group }: FormRule, actions: ListActions): readonly HTMLElement[] {
  if (group === undefined) return [];
  const { path, rules, offers } = group;
  const cards = rules.map((rule, index) => card(rule, { name: 'part', index, count: rules.length }, actions));
  return [...cards, adder(path, rules.length, offers, actions.strings.addPart, actions)];
}

function buttons({ path }: FormRule, { name, index, count }: Position, { strings, edit }: ListActions): HTMLElement {
  const holder = path.slice(0, -1);
  const move = (to: number, word: string, text: string): HTMLElement => {
    const target = keyOf(word, [...holder, to]);
    return keyedButton(text, keyOf(word, path), () => edit({ kind: 'move', path, to }, target));
  };
  const made = element('div', { className: 'actions' });
  if (index > 0) made.append(move(index - 1, 'up', strings.moveUp));
  if (index < count - 1) made.append(move(index + 1, 'down', strings.moveDown));
  const after = keyOf('add', name === 'rate_limit' ? path : holder);
  made.append(keyedButton(strings.remove, keyOf('remove', path), () => edit({ kind: 'remove', path }, after)));
  return made;
}

/** A choice and a button: choosing alone must not write, or the arrow keys would. */
function adder(
  path: FormPath,
  count: number,
  offers: readonly FormOption[],
  label: string,
  { edit }: ListActions,
): HTMLElement {
  const options = offers.map(({ json, label: text, note }) =>
    element('option', { value: json }, note === undefined ? text : `${text} (${note})`),
  );
  const select = element('select', { ariaLabel: label }, ...options);
  select.dataset['key'] = keyOf('offer', path);
  const added = path[0] === 'rate_limit' ? path : [...path, count];
  const add = keyedButton(label, keyOf('add', path), () =>
    edit({ kind: 'add', path, json: select.value }, firstFieldOf(added)),
  );
  return element('div', { className: 'adder' }, ...(offers.length > 1 ? [select] : []), add);
}

function keyedButton(text: string, key: string, onClick: () => void): HTMLButtonElement {
  const made = button(text, onClick);
  made.dataset['key'] = key;
  return made;
}

function nextId(): string {
  ids += 1;
  return `rule-${String(ids)}`;
}
