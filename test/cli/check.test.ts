import { describe, expect, test } from 'vitest';
import { portcullis } from '../support/cli.ts';
import { lockServer, writeLock, type Tool } from '../../server/src/catalog/index.ts';
import { sha256 } from '../../server/src/mcp/index.ts';
import { makeFolder } from '../support/folder.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';

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

  test('says which servers are only observed', async () => {
    await using folder = await makeFolder({
      'policy.json': '{ "version": "1", "default": "deny", "tools": { "read_file": {} } }',
      'portcullis.json': '{ "servers": { "files": { "mode": "observe" } } }',
    });
    const { code, err } = await portcullis(['check', 'policy.json'], { cwd: folder.path });
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringContaining('"files" is in observe mode: its policy is not enforced') as string,
    });
  });

  test('says which approvals nobody can give, when it is told that the gateway runs without an editor', async () => {
    await using folder = await makeFolder({
      'policy.json': '{ "version": "1", "default": "deny", "tools": { "pay": { "action": "require_approval" } } }',
    });
    const check = ['check', folder.file('policy.json'), '--format', 'json'];
    expect(JSON.parse((await portcullis(check)).out)).toEqual([]);
    const { code, out } = await portcullis([...check, '--headless']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject([{ code: 'approval-unanswered', severity: 'information' }]);
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

  test('compares the tools with those that the policy was written for', async () => {
    const list = (...tools: readonly object[]): string => JSON.stringify({ tools });
    await using folder = await makeFolder({
      'before.json': list({ name: 'read_a', description: 'Reads.' }, { name: 'read_b' }),
      'after.json': list({ name: 'read_a', description: 'Reads, and sends it to us.' }),
    });
    const options = { cwd: folder.path, env: { XDG_CACHE_HOME: folder.path } };
    await portcullis(['init', '-o', 'policy.json', '--tools', 'before.json'], options);
    const before = await portcullis(['check', 'policy.json', '--tools', 'before.json'], options);
    expect(before.out).toBe('');
    const after = await portcullis(['check', 'policy.json', '--tools', 'after.json', '--format', 'json'], options);
    const codes = (JSON.parse(after.out) as readonly { code: string }[]).map(({ code }) => code);
    expect(codes).toEqual(['tool-changed', 'tool-vanished']);
  });

  test('compares them with what a lock pins, where it names the server', async () => {
    const pinned = [{ ...stubTool('read_a'), description: 'Reads.' }, stubTool('read_b')] as unknown as readonly Tool[];
    const { command, args } = stubLaunch({ tools: [stubTool('read_a')] });
    await using folder = await makeFolder({
      '.mcp.json': JSON.stringify({ mcpServers: { main: { command, args } } }),
      'policy.json': '{ "version": "1", "default": "deny", "tools": { "read_a": {}, "read_b": {} } }',
    });
    const check = async (): Promise<readonly string[]> => {
      const asked = ['check', 'policy.json', '--server', 'main', '--format', 'json'];
      const { out } = await portcullis(asked, { cwd: folder.path });
      return (JSON.parse(out) as readonly { code: string }[]).map(({ code }) => code);
    };
    expect(await check()).toEqual(['unknown-tool']);
    const lock = { servers: new Map([['main', lockServer('as-defined', pinned, sha256)]]) };
    await folder.write('portcullis.lock.json', writeLock(lock));
    expect(await check()).toEqual(['tool-changed', 'tool-vanished']);
    await folder.write('portcullis.lock.json', '{');
    expect(await check()).toEqual(['unknown-tool']);
  });

  describe('with a portcullis.json', () => {
    const limited =
      '{ "version": "1", "default": "allow", "tools": { "a": { "rate_limit": { "max": 0, "window": 60 } } } }';
    const settings = (more: object): string => JSON.stringify({ rules: { 'session-rate-limit': 'off' }, ...more });
    const excused = [{ policy: 'policy.json', code: 'zero-limit', at: '/tools/a', reason: 'Closed for the holidays.' }];

    test('keeps to its severities and lists what it excuses', async () => {
      await using folder = await makeFolder({ 'policy.json': limited, 'portcullis.json': settings({ excused }) });
      const { code, out, err } = await portcullis(['check', 'policy.json'], { cwd: folder.path });
      expect(code).toBe(0);
      expect(out).toMatch(/^policy\.json:1:\d+: excused: .*\[zero-limit\]\n {4}reason: Closed for the holidays\.\n$/);
      expect(err).toContain('0 warnings, 1 excused');
    });

    test('says so to programs', async () => {
      await using folder = await makeFolder({ 'policy.json': limited, 'portcullis.json': settings({ excused }) });
      const json = await portcullis(['check', 'policy.json', '--format', 'json'], { cwd: folder.path });
      expect(JSON.parse(json.out)).toMatchObject([
        { code: 'zero-limit', at: '/tools/a/rate_limit', excused: 'Closed for the holidays.' },
      ]);
      const sarif = await portcullis(['check', 'policy.json', '--format', 'sarif'], { cwd: folder.path });
      expect(JSON.parse(sarif.out)).toMatchObject({
        runs: [{ results: [{ suppressions: [{ kind: 'external', justification: 'Closed for the holidays.' }] }] }],
      });
    });

    test('that is wrong counts for nothing, and says so', async () => {
      await using folder = await makeFolder({
        'policy.json': limited,
        'portcullis.json': settings({ excused, rulez: {} }),
      });
      const { code, out, err } = await portcullis(['check', 'policy.json'], { cwd: folder.path });
      expect(code).toBe(1);
      expect(out).toContain('warning: The maximum is 0');
      expect(err).toContain('portcullis.json:1:');
    });

    test('elsewhere is named with --config', async () => {
      await using folder = await makeFolder({
        'a/policy.json': limited,
        'ci/portcullis.json': settings({ excused: [{ ...excused[0], policy: '../a/policy.json' }] }),
      });
      const args = ['check', 'a/policy.json', '--config', 'ci/portcullis.json'];
      expect((await portcullis(args, { cwd: folder.path })).code).toBe(0);
      expect((await portcullis(args.slice(0, 2), { cwd: folder.path })).code).toBe(1);
    });
  });
});
