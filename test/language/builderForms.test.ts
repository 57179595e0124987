/** The builder's forms: what they show of an owner's rules, and that each change is one small edit that leaves a valid policy. */
import { describe, expect, it } from 'vitest';
import { changeRule } from '../../server/src/language/builder/forms/edit.ts';
import { ruleForm } from '../../server/src/language/builder/forms/form.ts';
import { ownerAt } from '../../server/src/language/builder/forms/owner.ts';
import { compilePolicy } from '../../server/src/policy/index.ts';
import type { FormEdit, FormField, FormOwner, FormRule, RuleForm } from '../../server/src/protocol/policyForms.ts';
import { policy } from '../support/policy.ts';
import { known, viewOf } from './support/view.ts';

const TOOLS = known([
  {
    name: 'pay',
    inputSchema: {
      type: 'object',
      required: ['amount'],
      properties: {
        amount: { type: 'number', maximum: 5000 },
        currency: { enum: ['EUR', 'USD'] },
        on: { type: 'string', format: 'date' },
        urgent: { type: 'boolean' },
        filter: { type: 'object' },
        note: {},
      },
    },
  },
  { name: 'new' },
]);

/** Laid out as nobody would: what is not touched must stay so. */
const POLICY = `{ "version": "1",
  "default":   "deny", "hide": ["secret"],
  "all_tools": { "limits": [ { "counter": "calls", "window": "minute", "max": 60 } ] },
    "tools": {
    "p*": { "action":  "deny" },
    "pay": { "action":  "require_approval", "approval":{"timeout":60},
      "deny_if": [ {"path":"args.amount",  "op":"gt", "value":100, "on_deny": "Too much."},
         { "conditions": [ { "path": "args.currency", "op": "in", "value": ["EUR"] }, {"path":"args.urgent","op":"eq","value":true} ] },
         { "path": "args.filter", "op": "eq", "value": {"a":1} } ],
      "rate_limit": { "max": 5, "window": 60 } }
  }
}
`;

const PAY: FormOwner = { kind: 'entry', key: 'pay' };
const NEW: FormOwner = { kind: 'entry', key: 'new' };

function form(text = POLICY, owner = PAY): RuleForm {
  const made = ruleForm(viewOf(text), TOOLS, owner);
  if (made === undefined) throw new Error('no form');
  return made;
}

function rules(list: string, text = POLICY, owner = PAY): readonly FormRule[] {
  return form(text, owner).lists.find(({ name }) => name === list)?.rules ?? [];
}

function field({ fields }: Pick<FormRule, 'fields'>, name: string): FormField {
  const found = fields.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no field ${name}`);
  return found;
}

/** The text after an edit that the policy takes. */
function edited(edit: FormEdit, text = POLICY, owner = PAY): string {
  const made = changeRule(policy(text), owner, edit, TOOLS);
  if (!made.ok) throw new Error(made.problem);
  return made.text;
}

function refused(edit: FormEdit, owner = PAY): string {
  const made = changeRule(policy(POLICY), owner, edit, TOOLS);
  if (made.ok) throw new Error(`was taken: ${made.text}`);
  return made.problem;
}

const set = (json: string, ...path: (string | number)[]): FormEdit => ({ kind: 'set', path, json });

describe('a form', () => {
  it('shows the rules of the entry, each with what it means, and what is decided', () => {
    const { decision, others, label, isWritten } = form();
    expect({ decision, label, isWritten }).toMatchObject({
      decision: { standing: 'approval' },
      label: 'pay',
      isWritten: true,
    });
    expect(rules('deny_if').map(({ clause }) => clause)).toEqual([
      'denied if args.amount is more than 100',
      'denied if args.currency is one of ["EUR"] and args.urgent is true',
      'denied if args.filter is {"a":1}',
    ]);
    expect(others).toMatchObject([
      { owner: { key: 'p*' }, clauses: ['action: deny'] },
      { owner: { kind: 'all_tools' }, clauses: [expect.stringContaining('at most 60 calls')] },
    ]);
  });

  it('types a value by the operator and the schema of the argument', () => {
    const [amount, group, filter] = rules('deny_if');
    if (!amount || !group?.parts || !filter) throw new Error('missing');
    const [currency, urgent] = group.parts.rules;
    if (!currency || !urgent) throw new Error('missing');
    expect(field(amount, 'value')).toMatchObject({ input: 'number', value: '100', note: 'number' });
    expect(field(amount, 'value').options).toEqual([{ json: '5000', label: '5000', note: 'maximum in the schema' }]);
    expect(field(currency, 'value')).toMatchObject({ input: 'choices', value: '["EUR"]' });
    expect(field(currency, 'value').options.map(({ json }) => json)).toEqual(['"EUR"', '"USD"']);
    expect(field(urgent, 'value')).toMatchObject({ input: 'choice', value: 'true' });
    expect(field(filter, 'value')).toMatchObject({ input: 'json', value: '{"a":1}' });
    const dated = edited({ kind: 'add', path: ['require'], json: '{"path":"args.on","op":"eq","value":"2026-01-31"}' });
    const [on] = rules('require', dated);
    expect(on && field(on, 'value')).toMatchObject({ input: 'text', value: '2026-01-31', format: 'date' });
  });

  it('offers the arguments of the schema, and only the operators that can judge one', () => {
    const [amount, group] = rules('deny_if');
    if (!amount || !group?.parts?.rules[0]) throw new Error('missing');
    expect(field(amount, 'path').options.map(({ json }) => json)).toEqual(
      expect.arrayContaining(['"args.amount"', '"args.currency"', '"tool.risk"']),
    );
    expect(field(group.parts.rules[0], 'op').options.map(({ json }) => json)).not.toContain('"gt"');
    expect(form().lists[0]?.offers.map(({ json }) => json)).toContain(
      '{ "path": "args.amount", "op": "gt", "value": 5000 }',
    );
  });

  it('asks for a type where the schema does not say one', () => {
    const text = edited({ kind: 'add', path: ['deny_if'], json: '{"path":"args.note","op":"eq","value":"x"}' });
    const note = rules('deny_if', text)[3];
    expect(note && field(note, 'type').options.map(({ label }) => label)).toEqual(['string', 'number', 'boolean']);
  });

  it('says at the field what the text editor says there', () => {
    const text = edited({
      kind: 'add',
      path: ['require'],
      json: '{"path":"args.currency","op":"eq","value":"YEN"}',
    });
    const [currency] = rules('require', text);
    const said = viewOf(text)
      .findings(TOOLS)
      .map(({ message }) => message);
    const shown = currency ? [...currency.findings, ...currency.fields.flatMap(({ findings }) => findings)] : [];
    expect(shown.length).toBeGreaterThan(0);
    for (const { message } of shown) expect(said).toContain(message);
  });

  it('is made for a tool without an entry, for a pattern, and for all tools', () => {
    expect(form(POLICY, NEW)).toMatchObject({ isWritten: false, decision: { standing: 'denied' } });
    expect(form(POLICY, { kind: 'entry', key: 'p*' }).decision).toBeUndefined();
    expect(rules('limits', POLICY, { kind: 'all_tools' })[0]?.clause).toContain('at most 60 calls per minute');
    expect(ruleForm(viewOf('{'), TOOLS, PAY)).toBeUndefined();
  });
});

describe('a change in a form', () => {
  it.each<[string, FormEdit, string, string]>([
    ['a value', set('200', 'deny_if', 0, 'value'), '"value":100', '"value":200'],
    ['a text', set('"No."', 'deny_if', 0, 'on_deny'), '"Too much."', '"No."'],
    ['an operator that takes the value', set('"gte"', 'deny_if', 0, 'op'), '"op":"gt"', '"op":"gte"'],
    ['another kind of operator', set('"in"', 'deny_if', 0, 'op'), '"op":"gt", "value":100', '"op":"in", "value":[100]'],
    [
      'the action, with what goes only with it',
      set('"deny"', 'action'),
      '"action":  "require_approval", "approval":{"timeout":60},\n      ',
      '"action":  "deny", ',
    ],
    [
      'one of several settings',
      set('"session"', 'approval', 'remember'),
      '{"timeout":60}',
      '{"timeout":60, "remember": "session"}',
    ],
    ['the last setting', { kind: 'remove', path: ['approval', 'timeout'] }, '"approval":{"timeout":60},\n      ', ''],
    [
      'a part of a group',
      { kind: 'remove', path: ['deny_if', 1, 'conditions', 1] },
      ', {"path":"args.urgent","op":"eq","value":true}',
      '',
    ],
    [
      'the only limit',
      { kind: 'remove', path: ['rate_limit'] },
      ',\n      "rate_limit": { "max": 5, "window": 60 }',
      '',
    ],
  ])('writes %s and no other byte', (_, edit, before, after) => {
    expect(POLICY).toContain(before);
    expect(edited(edit)).toBe(POLICY.replace(before, after));
  });

  it('gives another argument an operator and a value that can judge it', () => {
    expect(edited(set('"args.currency"', 'deny_if', 0, 'path'))).toContain(
      '{"path":"args.currency",  "op":"exists", "value":true,',
    );
    expect(edited(set('"args.currency"', 'deny_if', 1, 'conditions', 1, 'path'))).toContain(
      '"args.currency","op":"eq","value":"EUR"',
    );
  });

  it('moves a rule, and back to the same bytes', () => {
    const moved = edited({ kind: 'move', path: ['deny_if', 0], to: 1 });
    expect(rules('deny_if', moved)[1]?.clause).toBe('denied if args.amount is more than 100');
    expect(edited({ kind: 'move', path: ['deny_if', 1], to: 0 }, moved)).toBe(POLICY);
  });

  it('adds a rule, and takes it to the same bytes', () => {
    const json = '{ "path": "args.amount", "op": "gt", "value": 5 }';
    expect(edited({ kind: 'remove', path: ['deny_if', 3] }, edited({ kind: 'add', path: ['deny_if'], json }))).toBe(
      POLICY,
    );
  });

  it('takes the group with its last part, which would deny every call when empty', () => {
    const one = edited({ kind: 'remove', path: ['deny_if', 1, 'conditions', 1] });
    expect(rules('deny_if', edited({ kind: 'remove', path: ['deny_if', 1, 'conditions', 0] }, one))).toHaveLength(2);
  });

  it('gives a limit a name that none has', () => {
    const limit: FormEdit = { kind: 'add', path: ['limits'], json: '{"counter":"pay_rate","window":"minute","max":3}' };
    const twice = edited(limit, edited(limit));
    expect(rules('limits', twice).map((rule) => field(rule, 'counter').value)).toEqual(['pay_rate', 'pay_rate_2']);
  });

  it('does not let a tool be called by writing its first condition', () => {
    const json = '{ "path": "args.x", "op": "exists" }';
    const text = edited({ kind: 'add', path: ['require'], json }, POLICY, NEW);
    expect(text).toContain('"new": { "action": "deny", "require": [{ "path": "args.x", "op": "exists" }] }');
    expect(form(text, NEW).decision?.standing).toBe('denied');
    expect(edited(set('"allow"', 'action'), POLICY, NEW)).toContain('"new": { "action": "allow" }');
  });

  it.each<[string, FormEdit]>([
    ['a number of another size', set('-1', 'rate_limit', 'max')],
    ['a path that is none', set('"args..x"', 'deny_if', 0, 'path')],
    ['a name that stands twice', set('"args.filter-eq "', 'deny_if', 0, 'id')],
    ['a number whose digits would be lost', set('9007199254740993', 'deny_if', 0, 'value')],
    [
      'an expression that cannot be compiled',
      { kind: 'add', path: ['deny_if'], json: '{"path":"args.on","op":"regex","value":"("}' },
    ],
  ])('is not made for %s, which is told as in the text', (_, edit) => {
    expect(refused(edit)).toMatch(/[a-z].*\.$/);
  });

  it('tells of a value what the compiler says of it in the text', () => {
    const compiled = compilePolicy(POLICY.replace('"value":100', '"value":9007199254740993'));
    expect(refused(set('9007199254740993', 'deny_if', 0, 'value'))).toBe(
      compiled.ok ? '' : compiled.problems[0]?.message,
    );
    expect(refused(set('12,5', 'deny_if', 0, 'value'))).not.toBe('');
  });
});

describe('the place of an owner', () => {
  it.each<[string, FormOwner | undefined]>([
    ['"args.amount"', PAY],
    ['"p*"', { kind: 'entry', key: 'p*' }],
    ['"counter"', { kind: 'all_tools' }],
    ['"secret"', { kind: 'entry', key: 'secret' }],
    ['"version"', undefined],
  ])('is found at %s', (text, owner) => {
    expect(ownerAt(policy(POLICY), POLICY.indexOf(text) + 1)).toEqual(owner);
  });

  it('is where the text editor goes', () => {
    expect(form().range?.start.line).toBe(5);
    expect(form(POLICY, NEW).range?.start.line).toBe(1);
  });
});
