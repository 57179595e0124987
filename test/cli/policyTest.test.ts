import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { portcullis, type CliResult } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';

const POLICY = `{
  "version": "1",
  "default": "deny",
  "hide": ["drop_*", "never_*"],
  "tools": {
    "pay": {
      "deny_if": [{ "path": "args.amount", "op": "gt", "value": 100 }],
      "limits": [{ "counter": "calls", "window": "day", "max": 2 }]
    },
    "wire": { "action": "require_approval" }
  }
}`;

const pay = { tool: 'pay', arguments: { amount: 1 } };
const overLimit = { decision: 'deny', rule: '/tools/pay/limits/calls' };

type Case = Record<string, unknown>;

async function run(cases: readonly Case[], args: readonly string[] = [], more: object = {}): Promise<CliResult> {
  await using folder = await makeFolder({
    'policy.json': POLICY,
    'a.policy-test.json': JSON.stringify({ policy: 'policy.json', cases, ...more }),
    'tools.json': '{ "tools": [{ "name": "pay", "inputSchema": { "type": "object" } }] }',
  });
  return await portcullis(['test', 'a.policy-test.json', ...args], { cwd: folder.path });
}

interface Report {
  readonly cases: readonly unknown[];
  readonly coverage: readonly { readonly unreached: readonly { readonly rule: string }[] }[];
}

async function report(cases: readonly Case[], more: object = {}): Promise<Report> {
  return JSON.parse((await run(cases, ['--format', 'json'], more)).out) as Report;
}

describe('portcullis test', () => {
  test('passes when every decision and rule is the expected one', async () => {
    const { code, err } = await run([
      { name: 'small', call: pay, expect: { decision: 'allow', rule: '' } },
      { name: 'waits', call: { tool: 'wire' }, expect: { decision: 'needs_approval' } },
      { name: 'gone', call: { tool: 'drop_it' }, expect: { decision: 'deny', rule: '(hidden)' } },
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '3 cases: 3 passed, 0 failed.\n' });
  });

  test('shows what was expected and what was decided, at the place of the case, and exits 1', async () => {
    const call = { tool: 'pay', arguments: { amount: 500 } };
    const { code, out, err } = await run([{ name: 'much', call, expect: { decision: 'allow' } }]);
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.policy-test\.json:1:\d+: failed: much\n {4}expected: allow\n {4}decided: {2}deny by /);
    expect(err).toBe('1 case: 0 passed, 1 failed.\n');
  });

  test('fails a right decision by another rule, and says which rule was meant', async () => {
    const expected = { decision: 'deny', rule: '/tools/pay/deny_if/args.amuont-gt' };
    const call = { tool: 'pay', arguments: { amount: 500 } };
    const { cases } = await report([{ name: 'much', call, expect: expected }]);
    const rule = '/tools/pay/deny_if/args.amount-gt';
    expect(cases).toMatchObject([{ passed: false, expected, actual: { decision: 'deny', rule }, didYouMean: rule }]);
  });

  test('lets cases share their counters, until one resets them', async () => {
    const { code } = await run([
      { name: 'two', call: pay, repeat: 2, expect: { decision: 'allow' } },
      { name: 'third', call: pay, expect: overLimit },
      { name: 'tomorrow', call: { ...pay, at: '2026-01-02T00:00:00Z' }, expect: { decision: 'allow' } },
      { name: 'three', call: pay, repeat: 3, reset: true, expect: overLimit },
      { name: 'anew', call: pay, reset: true, expect: { decision: 'allow' } },
    ]);
    expect(code).toBe(0);
  });

  test('counts from the same time on any day', async () => {
    const late = { ...pay, at: '2026-01-01T23:59:59Z' };
    const { code } = await run([
      { name: 'two', call: pay, repeat: 2, expect: { decision: 'allow' } },
      { name: 'that day', call: late, expect: overLimit },
      { name: 'the next', call: { ...pay, at: '2026-01-02T00:00:00Z' }, expect: { decision: 'allow' } },
    ]);
    expect(code).toBe(0);
  });

  test('knows which tools exist when told', async () => {
    const expected = { decision: 'deny', rule: '(unknown tool)' };
    const { cases } = await report([{ name: 'wire', call: { tool: 'wire' }, expect: expected }], {
      tools: 'tools.json',
    });
    expect(cases).toMatchObject([{ passed: true }]);
  });

  test('lists the rules that decide no case, with their places', async () => {
    const { coverage } = await report([
      { name: 'small', call: pay, repeat: 3, expect: overLimit },
      { name: 'gone', call: { tool: 'drop_it' }, expect: { decision: 'deny' } },
    ]);
    expect(coverage).toEqual([
      {
        policy: 'policy.json',
        rules: 7,
        reached: 3,
        unreached: [
          { rule: '/default', line: 3, column: 14, endLine: 3, endColumn: 20 },
          { rule: '/hide/1', line: 4, column: 22, endLine: 4, endColumn: 31 },
          { rule: '/tools/pay/deny_if/args.amount-gt', line: 7, column: 19, endLine: 7, endColumn: 70 },
          { rule: '/tools/wire/approval', line: 10, column: 25, endLine: 10, endColumn: 43 },
        ],
      },
    ]);
  });

  test('fails below the demanded coverage, and only then', async () => {
    const cases = [{ name: 'three', call: pay, repeat: 3, expect: overLimit }];
    const { code, out } = await run(cases, ['--min-coverage', '29']);
    expect(code).toBe(1);
    expect(out).toContain('policy.json: 2 of 7 rules decide a case. No case is decided by:\n');
    expect((await run(cases, ['--min-coverage', '28'])).code).toBe(0);
  });

  test.each([
    ['an unknown key', { name: 'x', call: pay, expect: { decision: 'allow' }, skip: true }, 'Unknown key "skip"'],
    ['a missing expectation', { name: 'x', call: pay }, '"expect" is missing'],
    ['another decision', { name: 'x', call: pay, expect: { decision: 'pass' } }, '"decision" must be "allow", "deny"'],
    ['a time without zone', { name: 'x', call: { ...pay, at: 'noon' }, expect: { decision: 'deny' } }, 'its zone'],
  ])('refuses %s with its place, and exits 2', async (_, broken, message) => {
    const { code, err } = await run([broken]);
    expect(code).toBe(2);
    expect(err).toMatch(/^a\.policy-test\.json:1:\d+: error: /);
    expect(err).toContain(message);
  });

  test('runs the other files when one cannot be used, and exits 2', async () => {
    const good = { policy: 'policy.json', cases: [{ name: 'ok', call: pay, expect: { decision: 'allow' } }] };
    await using folder = await makeFolder({
      'policy.json': POLICY,
      'broken.json': '{ "version": "1" }',
      'tests/a.policy-test.json': JSON.stringify({ ...good, policy: '../broken.json' }),
      'tests/b.policy-test.json': JSON.stringify({ ...good, policy: '../policy.json' }),
      'tests/node_modules/c.policy-test.json': 'not ours',
      'tests/deep/d.policy-test.json': JSON.stringify({ ...good, policy: '../absent.json' }),
    });
    const { code, err } = await portcullis(['test', 'tests'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(err).toContain('broken.json:1:1: error:');
    expect(err).toContain('absent.json cannot be read: there is no such file.');
    expect(err).toContain('1 case: 1 passed, 0 failed.');
    expect(err).not.toContain('node_modules');
  });

  test('says of a folder without tests that it has none', async () => {
    await using folder = await makeFolder({ 'policy.json': POLICY });
    const { code, err } = await portcullis(['test', '.'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(err).toContain('. holds no policy tests');
  });

  test('finds every rule of the example decided by a case', async () => {
    const examples = path.resolve(import.meta.dirname, '../../examples');
    const { code, err } = await portcullis(['test', 'memory', '--min-coverage', '100'], { cwd: examples });
    expect({ code, err }).toEqual({ code: 0, err: '10 cases: 10 passed, 0 failed.\n' });
  });
});
