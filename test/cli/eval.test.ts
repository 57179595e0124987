import { describe, expect, test } from 'vitest';
import { jsonLines, portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';

const everyOperator = JSON.stringify({
  version: '1',
  default: 'deny',
  hide: ['drop_*'],
  tools: {
    pay: {
      deny_if: [
        { path: 'args.amount', op: 'gt', value: 10_000, on_deny: 'Too much.' },
        { path: 'args.to', op: 'in', value: ['mallory', 'eve'] },
        { path: 'args.memo', op: 'contains', value: 'gift card' },
        { path: 'args.tags[*]', op: 'eq', value: 'blocked' },
      ],
      require: [
        { path: 'args.amount', op: 'gte', value: 1 },
        { path: 'args.fee', op: 'lt', value: 5 },
        { path: 'args.rounds', op: 'lte', value: 3 },
        { path: 'args.currency', op: 'neq', value: 'XXX' },
        { path: 'args.country', op: 'not_in', value: ['KP'] },
        { path: 'args.iban', op: 'regex', value: '^[A-Z]{2}[0-9]{2}' },
        { path: 'args.dry', op: 'exists', value: false },
      ],
      limits: [{ counter: 'spent', window: 'day', max: 15_000, increment_from: 'args.amount' }],
    },
    wire: { action: 'require_approval' },
  },
});

const good = {
  amount: 9000,
  fee: 1,
  rounds: 1,
  currency: 'EUR',
  country: 'DE',
  iban: 'DE89',
  to: 'bob',
  memo: 'rent',
  tags: ['a'],
};

async function decisions(policy: string, calls: readonly unknown[]): Promise<unknown[]> {
  await using folder = await makeFolder({ 'policy.json': policy });
  const stdin = calls.map((call) => (typeof call === 'string' ? call : JSON.stringify(call))).join('\n');
  const { out } = await portcullis(['eval', folder.file('policy.json'), '--calls', '-'], { stdin });
  return jsonLines(out);
}

const pay = (change: object): unknown => ({
  tool: 'pay',
  arguments: { ...good, ...change },
  at: '2026-03-01T10:00:00Z',
});

describe('portcullis eval', () => {
  test('allows a call that meets every condition', async () => {
    expect(await decisions(everyOperator, [pay({})])).toEqual([{ decision: 'allow', rule: '', message: '' }]);
  });

  test.each([
    [{ amount: 10_001 }, '/tools/pay/deny_if/args.amount-gt'],
    [{ amount: '99999' }, '/tools/pay/deny_if/args.amount-gt'],
    [{ to: 'eve' }, '/tools/pay/deny_if/args.to-in'],
    [{ memo: 'a gift card' }, '/tools/pay/deny_if/args.memo-contains'],
    [{ tags: ['x', 'blocked'] }, '/tools/pay/deny_if/args.tags[*]-eq'],
    [{ amount: 0 }, '/tools/pay/require/args.amount-gte'],
    [{ fee: 5 }, '/tools/pay/require/args.fee-lt'],
    [{ rounds: 4 }, '/tools/pay/require/args.rounds-lte'],
    [{ currency: 'XXX' }, '/tools/pay/require/args.currency-neq'],
    [{ country: 'KP' }, '/tools/pay/require/args.country-not_in'],
    [{ iban: 'no' }, '/tools/pay/require/args.iban-regex'],
    [{ dry: true }, '/tools/pay/require/args.dry-exists'],
  ])('denies %j by the rule that stands against it', async (change, rule) => {
    expect(await decisions(everyOperator, [pay(change)])).toMatchObject([{ decision: 'deny', rule }]);
  });

  test('counts over the lines, and forgets at the next window', async () => {
    const tomorrow = { ...(pay({}) as object), at: '2026-03-02T00:00:00Z' };
    expect(await decisions(everyOperator, [pay({}), pay({}), tomorrow])).toMatchObject([
      { decision: 'allow' },
      { decision: 'deny', rule: '/tools/pay/limits/spent' },
      { decision: 'allow' },
    ]);
  });

  test('names hidden, unsafe, unlisted and waiting calls', async () => {
    const calls = ['drop_table', 'pa*y', 'other', 'wire'].map((tool) => ({ tool, arguments: {} }));
    expect(await decisions(everyOperator, calls)).toMatchObject([
      { decision: 'deny', rule: '(hidden)' },
      { decision: 'deny', rule: '(unsafe name)' },
      { decision: 'deny', rule: '(default deny)' },
      { decision: 'needs_approval', rule: '/tools/wire/approval' },
    ]);
  });

  test('reports a bad line with its number, decides the rest, and exits 2', async () => {
    await using folder = await makeFolder({ 'policy.json': everyOperator });
    const stdin = '{"tool":\n{"tool":"wire","arguments":{}}\n{"tool":"pay","at":"yesterday"}\n{"tool":"pay","args":{}}';
    const { code, out } = await portcullis(['eval', folder.file('policy.json'), '--calls', '-'], { stdin });
    expect(code).toBe(2);
    expect(jsonLines(out)).toMatchObject([
      { line: 1, error: expect.any(String) as string },
      { decision: 'needs_approval' },
      { line: 3, error: expect.stringContaining('2026-01-31T09:00:00Z') as string },
      { line: 4, error: expect.stringContaining('"args"') as string },
    ]);
  });

  test('refuses an invalid policy with its findings on standard error', async () => {
    await using folder = await makeFolder({ 'policy.json': '{ "version": "1", "defualt": "deny" }' });
    const { code, out, err } = await portcullis(['eval', folder.file('policy.json'), '--calls', '-'], {
      stdin: '{"tool":"x"}',
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('defualt');
  });

  test('knows which tools exist when told', async () => {
    await using folder = await makeFolder({
      'policy.json': '{ "version": "1", "default": "allow" }',
      'tools.json': JSON.stringify({ tools: [{ name: 'real', inputSchema: { type: 'object' } }] }),
    });
    const args = ['eval', folder.file('policy.json'), '--calls', '-', '--tools', folder.file('tools.json')];
    const { out } = await portcullis(args, { stdin: '{"tool":"real"}\n{"tool":"imaginary"}' });
    expect(jsonLines(out)).toMatchObject([{ decision: 'allow' }, { decision: 'deny', rule: '(unknown tool)' }]);
  });
});
