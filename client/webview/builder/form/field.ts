/** One field of a form: its label, its control, and what there is to say of what stands in it. */
import type { FormEdit, FormField } from '../../../../server/src/protocol/policyForms.ts';
import type { FormStrings } from '../../../src/webview/builder/messages.ts';
import { element } from '../../dom.ts';
import { controlFor, type Control } from './controls.ts';
import { findingList } from './findings.ts';

export type RangeInText = NonNullable<FormField['range']>;

export interface FieldActions {
  readonly edit: (edit: FormEdit, key: string) => void;
  readonly openText: (range: RangeInText | undefined) => void;
}

/** What was typed and not written, and why. */
export interface Refused {
  readonly value: string;
  readonly problem: string;
}

/** Of a field from one showing of the form to the next; of a button with a word of its own. */
export const keyOf = (name: string, path: FormField['path']): string => JSON.stringify([name, ...path]);

export function fieldElement(
  field: FormField,
  strings: FormStrings,
  actions: FieldActions,
  refused: Refused | undefined,
): HTMLElement {
  const key = keyOf(field.name, field.path);
  const control = controlFor(refused ? { ...field, value: refused.value } : field, strings, {
    change: (json) => actions.edit(editOf(field, json), key),
    openText: () => actions.openText(field.range),
  });
  const label = labelOf(field, strings, control);
  const about = [...noteElements(field), ...(refused ? [problemElement(refused)] : []), ...findingList(field.findings)];
  name(control, key, about, label);
  control.element.setAttribute('aria-description', strings.hints[field.name]);
  control.focus.setAttribute('aria-invalid', String(refused !== undefined));
  return element(
    'div',
    { className: `field ${field.input}` },
    label,
    element('div', {}, control.element, ...(control.extra ?? []), ...about),
  );
}

/** No JSON: the member is to go. */
const editOf = ({ path }: FormField, json: string | undefined): FormEdit =>
  json === undefined ? { kind: 'remove', path } : { kind: 'set', path, json };

/** A group of boxes has a name, everything else a label. */
function labelOf(
  { name: fieldName }: FormField,
  strings: FormStrings,
  { element: shown, focus }: Control,
): HTMLElement {
  const text = strings.fields[fieldName];
  const title = strings.hints[fieldName];
  return shown === focus ? element('label', { title }, text) : element('span', { className: 'label', title }, text);
}

const noteElements = ({ note }: FormField): readonly HTMLElement[] =>
  note !== undefined ? [element('p', { className: 'note' }, note)] : [];

function problemElement({ problem }: Refused): HTMLElement {
  const made = element('p', { className: 'problem' }, problem);
  made.setAttribute('role', 'alert');
  return made;
}

let names = 0;

function name(
  { element: shown, focus }: Control,
  key: string,
  about: readonly HTMLElement[],
  label: HTMLElement,
): void {
  names += 1;
  focus.dataset['key'] = key;
  shown.id = `field-${String(names)}`;
  label.id = `${shown.id}-label`;
  if (label instanceof HTMLLabelElement) label.htmlFor = shown.id;
  else shown.setAttribute('aria-labelledby', label.id);
  const ids = about.map((each, index) => (each.id = `${shown.id}-about-${String(index)}`));
  if (ids.length > 0) shown.setAttribute('aria-describedby', ids.join(' '));
}
