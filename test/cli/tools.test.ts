import { describe, expect, test } from 'vitest';
import { portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';

const LIST = JSON.stringify({
  tools: [
    { name: 'get_item', description: 'Returns an item.' },
    { name: 'delete_item' },
    { name: 'create_item', description: 'x'.repeat(450) },
    { name: 'pay\u001b[31m_invoice\u202e' },
  ],
});
const POLICY = JSON.stringify({ version: '1', default: 'deny', hide: ['create_item'], tools: { get_item: {} } });

describe('portcullis tools', () => {
  test('shows the most dangerous first, with counts and what the list costs', async () => {
    await using folder = await makeFolder({ 'tools.json': LIST });
    const { code, out } = await portcullis(['tools', '--tools', 'tools.json'], { cwd: folder.path });
    expect(code).toBe(0);
    const order = ['Financial (1)', 'pay', 'Destructive (1)', 'delete_item', 'Write (1)', 'create_item', 'Read (1)'];
    const places = order.map((text) => out.indexOf(text));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(out).toContain('4 tools of tools.json');
    expect(out).toContain('by category: 1 Financial, 1 Destructive, 0 Execute, 1 Write, 1 Read');
    expect(out).toMatch(/by level: 2 critical, 0 high, 1 medium, 1 low/);
    expect(out).toMatch(/tokens: about 1[34]0 in every conversation/);
  });

  test('says what the policy does, and what hiding saves', async () => {
    await using folder = await makeFolder({ 'tools.json': LIST, 'policy.json': POLICY });
    const args = ['tools', '--tools', 'tools.json', '--policy', 'policy.json'];
    const { out } = await portcullis(args, { cwd: folder.path });
    expect(out).toMatch(/create_item +medium +\w+ +hidden/);
    expect(out).toMatch(/delete_item +critical +\w+ +denied by default/);
    expect(out).toMatch(/the policy hides 2 tools and saves about 1[23]0/);
  });

  test('fits the terminal, escapes names, and has colours only when asked to', async () => {
    await using folder = await makeFolder({ 'tools.json': LIST });
    const run = (env: Record<string, string>) =>
      portcullis(['tools', '--tools', 'tools.json'], { cwd: folder.path, env: { COLUMNS: '60', ...env } });
    const { out } = await run({ NO_COLOR: '1', FORCE_COLOR: '1' });
    expect(out).not.toMatch(/[\u001b\u202e]/);
    expect(out).toContain('\\u{1B}');
    const [table = ''] = out.split('4 tools of');
    for (const line of table.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect((await run({ NO_COLOR: '', FORCE_COLOR: '1' })).out).toContain('\u001b[31mFinancial (1)\u001b[0m');
  });

  test("prints JSON in the server's order", async () => {
    await using folder = await makeFolder({ 'tools.json': LIST, 'policy.json': POLICY });
    const args = ['tools', '--tools', 'tools.json', '--policy', 'policy.json', '--format', 'json'];
    const rows = JSON.parse((await portcullis(args, { cwd: folder.path })).out) as Record<string, unknown>[];
    expect(rows.map(({ name }) => name)).toEqual([
      'get_item',
      'delete_item',
      'create_item',
      'pay\u001b[31m_invoice\u202e',
    ]);
    expect(rows[0]).toMatchObject({ category: 'Read', level: 'low', decision: 'allowed' });
    expect(Object.keys(rows[1] ?? {}).sort()).toEqual([
      'category',
      'confidence',
      'decision',
      'level',
      'name',
      'rule',
      'signals',
      'why',
    ]);
  });

  test('of a server without tools says so', async () => {
    await using folder = await makeFolder({ 'tools.json': '{ "tools": [] }' });
    const { code, out } = await portcullis(['tools', '--tools', 'tools.json'], { cwd: folder.path });
    expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: '0 tools of tools.json' });
  });
});
