/** What a value is typed or chosen with. Each tells its change as JSON, and only when the person is done with it. */
import type { FormField, FormOption } from '../../../../server/src/protocol/policyForms.ts';
import type { FormStrings } from '../../../src/webview/builder/messages.ts';
import { button, element } from '../../dom.ts';
import { arrayJson, linesJson } from './json.ts';

export interface Control {
  readonly element: HTMLElement;
  /** What takes the focus. */
  readonly focus: HTMLElement;
  /** Not seen: what it suggests. */
  readonly extra?: readonly HTMLElement[];
}

export interface ControlActions {
  /** `undefined`: nothing is to be stated. */
  readonly change: (json: string | undefined) => void;
  readonly openText: () => void;
}

export function controlFor(field: FormField, strings: FormStrings, actions: ControlActions): Control {
  switch (field.input) {
    case 'text':
    case 'number':
      return line(field, actions);
    case 'choice':
      return choice(field, strings, actions);
    case 'choices':
      return boxes(field, actions);
    case 'texts':
    case 'numbers':
      return lines(field, strings, actions);
    case 'json':
      return readOnly(field, strings, actions);
  }
}

const inputTypes: Readonly<Record<string, string>> = { date: 'date', time: 'time' };
/** What such an input can show; other texts would be lost in it. */
const shapes: Readonly<Record<string, RegExp>> = { date: /^(\d{4}-\d{2}-\d{2})?$/, time: /^(\d{2}:\d{2}(:\d{2})?)?$/ };

function line(field: FormField, { change }: ControlActions): Control {
  const { input, value, optional, format = '', options } = field;
  const made = element('input', { type: 'text', spellcheck: false });
  const isText = input === 'text';
  if (isText && shapes[format]?.test(value)) made.type = inputTypes[format] ?? 'text';
  made.inputMode = isText ? '' : 'decimal';
  made.value = value;
  made.defaultValue = value;
  made.addEventListener('change', () => {
    const typed = isText ? made.value : made.value.trim();
    change(optional && typed === '' ? undefined : isText ? JSON.stringify(typed) : typed);
  });
  return { element: made, focus: made, extra: suggestions(made, isText, options) };
}

let lists = 0;

function suggestions(input: HTMLInputElement, isText: boolean, options: readonly FormOption[]): readonly HTMLElement[] {
  if (options.length === 0) return [];
  lists += 1;
  const id = `suggestions-${String(lists)}`;
  const made = options.map(({ json, note }) => {
    const value = isText ? String(JSON.parse(json)) : json;
    return element('option', { value }, note ?? '');
  });
  input.setAttribute('list', id);
  return [element('datalist', { id }, ...made)];
}

function choice({ value, optional, options }: FormField, strings: FormStrings, { change }: ControlActions): Control {
  const blank = optional || value === '' ? [element('option', { value: '' }, strings.notStated)] : [];
  const made = options.map(({ json, label, note }) =>
    element('option', { value: json }, note === undefined ? label : `${label} – ${note}`),
  );
  const select = element('select', {}, ...blank, ...made);
  select.value = value;
  select.addEventListener('change', () => change(select.value === '' ? undefined : select.value));
  return { element: select, focus: select };
}

function boxes({ value, options }: FormField, { change }: ControlActions): Control {
  const chosen = new Set((JSON.parse(value) as readonly unknown[]).map((each) => JSON.stringify(each)));
  const inputs = options.map(({ json }) =>
    element('input', { type: 'checkbox', value: json, checked: chosen.has(json) }),
  );
  const group = element('div', { className: 'boxes' });
  group.setAttribute('role', 'group');
  group.append(...inputs.map((input, index) => element('label', {}, input, ' ', options[index]?.label ?? '')));
  group.addEventListener('change', () =>
    change(arrayJson(inputs.filter(({ checked }) => checked).map((input) => input.value))),
  );
  return { element: group, focus: inputs[0] ?? group };
}

function lines({ input, value }: FormField, strings: FormStrings, { change }: ControlActions): Control {
  const rows = Math.min(8, Math.max(2, value.split('\n').length + 1));
  const area = element('textarea', { rows, spellcheck: false, placeholder: strings.onePerLine });
  area.value = value;
  area.defaultValue = value;
  area.addEventListener('change', () => change(linesJson(area.value, input === 'texts')));
  return { element: area, focus: area };
}

function readOnly({ value }: FormField, strings: FormStrings, { openText }: ControlActions): Control {
  const opener = button(strings.editInText, openText);
  const code = element('pre', {}, value);
  return { element: element('div', { className: 'read-only' }, code, opener), focus: opener };
}
