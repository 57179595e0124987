import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../server/src/analysis/index.ts';
import { printFindings } from '../../../../server/src/cli/output/text.ts';
import { finding, findings, fixed, policy, underlined } from '../support.ts';

const code = 'secret-in-policy';
// Put together here, so that no scanner takes this file for a leak.
const token = `ghp${'_'}${'a1B2c3D4e5F6'.repeat(3)}`;
const random = 'Zx81kQ0pL7vT3nB9sD2f';
const asking = (path: string, value: unknown): string =>
  policy({ tools: { t: { deny_if: [{ path, op: 'eq', value }] } } });

describe(code, () => {
  it('points at the text, and repeats it nowhere', () => {
    const text = policy({ tools: { t: { reason: `Use ${token}.` } } });
    const found = finding(code, text);
    expect(underlined(text, found)).toContain(token);
    expect(found.message).toMatch(/^This looks like a GitHub token\./);
    const printed = printFindings([{ file: 'p', text, findings: analyze({ text }) }]);
    expect(printed).toContain(code);
    expect(printed).not.toContain(token);
    expect(fixed(text, found, 'Take')).not.toContain(token);
  });

  it.each([
    ['sk', `sk${'_live_'}${'4eC39HqLyjWD'.repeat(2)}`],
    ['AWS', `AKIA${'ABCDEFGHIJKLMNOP'}`],
    ['an address', `postgres://admin:${'hunter2'}@db.example/x`],
    ['a key', `-----BEGIN RSA ${'PRIVATE'} KEY-----`],
  ])('knows %s', (_, value) => {
    expect(findings(code, asking('args.anything', value))).toHaveLength(1);
  });

  it('takes a long random text for a secret where the argument is called one', () => {
    expect(findings(code, asking('args.auth.apiKey', random))).toHaveLength(1);
    expect(findings(code, asking('args.wallet', random))).toEqual([]);
  });

  it.each([
    ['args.token', 'BTC'],
    ['args.password', 'correct-horse-battery'],
    ['args.id', '7f1c9a52-7d4b-4a5e-9f0a-2f7a3a1b2c3d'],
    ['args.key', '^sk-[a-z]+$'],
    ['args.url', 'https://example.com/a@b'],
    ['args.wallet', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
  ])('is silent about %s %j', (path, value) => {
    expect(findings(code, asking(path, value))).toEqual([]);
  });
});
