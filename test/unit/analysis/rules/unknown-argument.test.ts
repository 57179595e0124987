import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, tool, underlined } from '../support.ts';

const code = 'unknown-argument';
const known = serverWith(
  tool('pay', {
    amount: { type: 'number' },
    to: { type: 'object', properties: { iban: { type: 'string' } } },
    'free form': { type: 'object' },
  }),
  tool('batch', { items: { type: 'array', items: { type: 'object', properties: { amount: { type: 'number' } } } } }),
);

function denyIf(path: string, name = 'pay', op = 'exists'): string {
  return policy({ tools: { [name]: { deny_if: [{ path, op, value: op === 'exists' ? true : 1 }] } } });
}

describe(code, () => {
  it('points at the path, says what the condition does, and offers the nearest', () => {
    const text = denyIf('args.amuont', 'pay', 'gt');
    const found = finding(code, text, known);
    expect(underlined(text, found)).toBe('"args.amuont"');
    expect(found.message).toBe(
      'Tool "pay" takes no argument "amuont". This condition never applies. Did you mean "args.amount"?',
    );
    expect(fixed(text, found, 'Change')).toContain('"args.amount"');
  });

  it.each([
    ['args.to.ibn', '"args.to.iban"'],
    ['args.too.iban', '"args.to.iban"'],
    ['args["free frm"].x', '"args[\\"free form\\"].x"'],
  ])('%s: did you mean %s', (path, better) => {
    const text = denyIf(path);
    const found = findings(code, text, known);
    // The last one ends in a free-form object: nothing can be said of `x` there, so nothing is offered.
    if (path.startsWith('args["')) expect(found[0]?.fixes).toEqual([]);
    else expect(fixed(text, finding(code, text, known), 'Change')).toContain(better);
  });

  it('enters an array that was forgotten', () => {
    const text = denyIf('args.items.amount', 'batch');
    expect(fixed(text, finding(code, text, known), 'Change')).toContain('"args.items[*].amount"');
  });

  it('says what a require does, and what the arguments are', () => {
    const text = policy({ tools: { pay: { require: [{ path: 'args.zzz', op: 'eq', value: 1 }] } } });
    expect(finding(code, text, known).message).toBe(
      'Tool "pay" takes no argument "zzz". This condition denies every call. It knows "amount", "to" and "free form".',
    );
  });

  it('looks at increment_from', () => {
    const text = policy({
      tools: { pay: { limits: [{ counter: 'c', window: 'day', max: 1, increment_from: 'args.amout' }] } },
    });
    expect(underlined(text, finding(code, text, known))).toBe('"args.amout"');
  });

  it('wants a path of a pattern or of all tools in one tool only', () => {
    expect(findings(code, denyIf('args.amount', '*'), known)).toEqual([]);
    expect(findings(code, denyIf('args.nowhere', '*'), known)).toHaveLength(1);
    const all = policy({
      tools: { pay: {} },
      all_tools: { deny_if: [{ path: 'args.nowhere', op: 'exists', value: true }] },
    });
    expect(findings(code, all, known)).toHaveLength(1);
  });

  it('is silent about paths that exist, open objects, other roots, unknown tools and schemas that are none', () => {
    for (const path of ['args', 'args.amount', 'args["free form"].anything.at.all', 'tool.name']) {
      expect(findings(code, denyIf(path), known)).toEqual([]);
    }
    expect(findings(code, denyIf('args.x', 'other'), known)).toEqual([]);
    expect(findings(code, denyIf('args.x'), serverWith('pay'))).toEqual([]);
    expect(findings(code, denyIf('args.x'))).toEqual([]);
  });
});
