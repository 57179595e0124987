import { describe, expect, test } from 'vitest';
import { portcullis } from '../support/cli.ts';

describe('the command line', () => {
  test('lists its commands', async () => {
    const { code, out } = await portcullis(['--help']);
    expect(code).toBe(0);
    for (const name of ['check', 'eval', 'test', 'tools', 'init', 'gateway', 'limits', 'audit', 'lsp'])
      expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  test.each(['check', 'eval', 'test', 'tools', 'init', 'gateway', 'limits', 'audit', 'lsp'])(
    'shows an example for %s',
    async (name) => {
      const { code, out } = await portcullis([name, '--help']);
      expect(code).toBe(0);
      expect(out).toMatch(/Example:\n {2}.*portcullis/);
    },
  );

  test.each([
    [['chekc'], 'There is no command "chekc"'],
    [['check', '--nonsense'], '--nonsense'],
    [['check'], 'Name at least one policy file'],
    [['check', 'x.json', '--format', 'xml'], 'it can be text, json, sarif'],
    [['test'], 'Name at least one test file'],
    [['test', 'x.policy-test.json', '--min-coverage', '101'], 'from 0 to 100'],
    [['tools'], 'Say whose tools'],
    [['gateway', '--port', '70000'], 'from 0 to 65535'],
  ])('refuses %j with what to do, and exits 2', async (args, message) => {
    const { code, out, err } = await portcullis(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('exits 3 when the server cannot be started', async () => {
    const { code, err } = await portcullis(['tools', '--', 'no-such-command-anywhere']);
    expect(code).toBe(3);
    expect(err).toContain('no-such-command-anywhere');
  });
});
