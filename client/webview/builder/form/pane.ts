/** The pane beside the table: the rules of one tool, of a pattern or of all tools, as a form. What is typed goes out; what is shown comes in. */
import type { FormEdit, FormOwner, RuleForm } from '../../../../server/src/protocol/policyForms.ts';
import type { FromPage, PageStrings } from '../../../src/webview/builder/messages.ts';
import { button, element } from '../../dom.ts';
import { fieldElement, keyOf, type RangeInText, type Refused } from './field.ts';
import { findingList } from './findings.ts';
import { Focus } from './focus.ts';
import { listElement } from './lists.ts';

export class RulePane {
  readonly element = element('section', { className: 'rule-pane', hidden: true });
  readonly #strings: PageStrings;
  readonly #send: (message: FromPage) => void;
  readonly #onClose: () => void;
  readonly #content = element('div', { className: 'content' });
  readonly #title = element('h2', { id: 'rule-pane-title' });
  readonly #focus = new Focus(this.#content);
  /** By key of the field: what was typed there and not written. */
  readonly #refused = new Map<string, Refused>();
  #owner: FormOwner | undefined;
  #form: RuleForm | undefined;
  #wantsFocus = false;

  constructor(strings: PageStrings, send: (message: FromPage) => void, onClose: () => void) {
    this.#strings = strings;
    this.#send = send;
    this.#onClose = onClose;
    this.element.setAttribute('aria-labelledby', this.#title.id);
    this.element.append(this.#head(), this.#content);
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close();
    });
  }

  get owner(): FormOwner | undefined {
    return this.#owner;
  }

  /** The form comes when the extension has read it. */
  open(owner: FormOwner, wantsFocus: boolean): void {
    this.#wantsFocus ||= wantsFocus;
    if (isSame(owner, this.#owner)) return this.#focusWhenWanted();
    this.#owner = owner;
    this.#refused.clear();
    this.#send({ type: 'owner', owner });
  }

  close(): void {
    this.#owner = undefined;
    this.#form = undefined;
    this.element.hidden = true;
    this.#besides(false);
    this.#send({ type: 'owner' });
    this.#onClose();
  }

  show(form: RuleForm): void {
    if (!isSame(form.owner, this.#owner)) return;
    const isOther = !isSame(form.owner, this.#form?.owner);
    if (isOther || JSON.stringify(form) !== JSON.stringify(this.#form)) this.#draw(form, isOther);
    this.element.hidden = false;
    this.#besides(true);
    this.#focusWhenWanted();
  }

  /** A change that would leave no valid policy: what was typed stays, with what is wrong with it. */
  refuse(key: string, problem: string): void {
    const value = this.#focus.valueAt(key);
    this.#focus.next = undefined;
    if (this.#form === undefined) return;
    if (value !== undefined) this.#refused.set(key, { value, problem });
    this.#draw(this.#form, false);
  }

  #draw(form: RuleForm, isOther: boolean): void {
    this.#form = form;
    this.#title.textContent = form.owner.kind === 'all_tools' ? this.#strings.form.allTools : form.label;
    if (isOther) this.#content.scrollTop = 0;
    this.#focus.keep(() => this.#content.replaceChildren(...this.#sections(form)));
  }

  #sections(form: RuleForm): readonly HTMLElement[] {
    const { form: strings } = this.#strings;
    const edit = (made: FormEdit, focus: string): void => {
      this.#focus.next = focus;
      this.#edit(made, '');
    };
    const field = (each: RuleForm['fields'][number]): HTMLElement => {
      const actions = { edit: this.#edit, openText: this.#openText };
      return fieldElement(each, strings, actions, this.#refused.get(keyOf(each.name, each.path)));
    };
    return [
      ...this.#decision(form),
      ...findingList(form.findings),
      element('div', { className: 'settings' }, ...form.fields.map(field)),
      ...form.lists.map((list) => listElement(list, { strings, field, edit })),
      ...this.#others(form),
    ];
  }

  readonly #edit = (edit: FormEdit, key: string): void => {
    // Back to what stands in the text would be no change, and nothing would come to take the problem away.
    if (this.#refused.delete(key) && this.#form) this.#draw(this.#form, false);
    if (this.#owner !== undefined) this.#send({ type: 'rule', owner: this.#owner, edit, key });
  };

  readonly #openText = (range: RangeInText | undefined): void => {
    this.#send({ type: 'text', ...(range && { range }) });
  };

  #decision({ decision, isWritten }: RuleForm): readonly HTMLElement[] {
    const { form, standings } = this.#strings;
    const words = decision
      ? [
          element('span', { className: `standing ${decision.standing}` }, standings[decision.standing]),
          ' ',
          decision.sentence,
        ]
      : [form.forMany];
    const made = element('p', { className: 'decision' }, ...words);
    made.setAttribute('role', 'status');
    return isWritten ? [made] : [made, element('p', { className: 'note' }, form.notWritten)];
  }

  #others({ others }: RuleForm): readonly HTMLElement[] {
    if (others.length === 0) return [];
    const items = others.map(({ owner, label, clauses }) => {
      const text = owner.kind === 'all_tools' ? this.#strings.form.allTools : label;
      const link = button(text, () => this.open(owner, true), 'link');
      return element('li', {}, link, ` ${clauses.join('; ')}`);
    });
    return [element('h3', {}, this.#strings.form.others), element('ul', { className: 'others' }, ...items)];
  }

  #head(): HTMLElement {
    const { editInText, close: closeLabel } = this.#strings.form;
    const text = button(editInText, () => this.#openText(this.#form?.range));
    const close = button(closeLabel, () => this.close());
    return element('header', {}, this.#title, text, close);
  }

  /** The table has less room, and need not say what is said here. */
  #besides(isOpen: boolean): void {
    this.element.parentElement?.classList.toggle('with-rules', isOpen);
  }

  #focusWhenWanted(): void {
    if (!this.#wantsFocus || this.element.hidden) return;
    this.#wantsFocus = false;
    this.#focus.first();
  }
}

const isSame = (a: FormOwner | undefined, b: FormOwner | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
