import { describe, expect, test } from 'vitest';
import { portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';

const tools = JSON.stringify({
  tools: [{ name: 'read_file', inputSchema: { type: 'object', properties: { path: { type: 'string' } } } }],
});

describe('portcullis check', () => {
  test('is silent on a sound policy and exits 0', async () => {
    await using folder = await makeFolder({
      'policy.json': '{ "version": "1", "default": "deny", "tools": { "read_file": {} } }',
      'tools.json': tools,
    });
    const { code, out } = await portcullis(['check', folder.file('policy.json'), '--tools', folder.file('tools.json')]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
  });

  test('names the place, the rule and the fix', async () => {
    await using folder = await makeFolder({
      'policy.json': '{\n  "version": "1",\n  "default": "deny",\n  "tools": { "raed_file": {} }\n}\n',
      'tools.json': tools,
    });
    const { code, out } = await portcullis(['check', 'policy.json', '--tools', 'tools.json'], { cwd: folder.path });
    expect(code).toBe(1);
    expect(out).toContain('policy.json:4:14');
    expect(out).toContain('[unknown-tool]');
    expect(out).toContain('read_file');
  });

  test('prints JSON that can be applied', async () => {
    await using folder = await makeFolder({
      'policy.json': '{ "version": "1", "default": "deny", "hide": ["binance_us_cust_cancel_order"] }',
    });
    const { code, out } = await portcullis(['check', folder.file('policy.json'), '--format', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject([
      { code: 'denies-everything', line: 1, fixes: [{ title: expect.any(String) as string }] },
    ]);
  });

  test('prints SARIF for code scanning', async () => {
    await using folder = await makeFolder({ 'policy.json': '{ "version": "2", "default": "deny" }' });
    const { out } = await portcullis(['check', folder.file('policy.json'), '--format', 'sarif']);
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'invalid-value', level: 'error' }] }],
    });
  });

  test('treats bytes that are no UTF-8 as the gateway does', async () => {
    await using folder = await makeFolder({ 'policy.json': Buffer.from('7b22ff', 'hex') });
    const { code, out } = await portcullis(['check', folder.file('policy.json')]);
    expect(code).toBe(1);
    expect(out).toMatch(/UTF-8/);
  });

  test('checks the other files when one cannot be read, and exits 2', async () => {
    await using folder = await makeFolder({ 'policy.json': '{ "version": "1" }' });
    const { code, out, err } = await portcullis(['check', 'absent.json', 'policy.json'], { cwd: folder.path });
    expect(code).toBe(2);
    expect(err).toContain('absent.json cannot be read: there is no such file.');
    expect(out).toContain('policy.json:1:');
  });

  test('allows as many warnings as it is told to', async () => {
    await using folder = await makeFolder({ 'policy.json': '{ "version": "1", "default": "deny" }' });
    const { code } = await portcullis(['check', folder.file('policy.json'), '--max-warnings', '1']);
    expect(code).toBe(0);
  });
});
