import { describe, expect, it } from 'vitest';
import { finding, findings, policy, underlined } from '../support.ts';

const code = 'costly-regex';
const asking = (value: string): string =>
  policy({ tools: { t: { require: [{ path: 'args.a', op: 'regex', value }] } } });

describe(code, () => {
  it('points at an expression that unfolds', () => {
    const text = asking('^(?:[a-z]{1,90} ){10}[a-z]{1,400}$');
    expect(underlined(text, finding(code, text))).toBe(JSON.stringify('^(?:[a-z]{1,90} ){10}[a-z]{1,400}$'));
  });

  it.each(['^[a-z]+(?: [a-z]+){10}$', '^[a-z]{1,64}$', '^(?:[0-9]{1,3}\\.){3}[0-9]{1,3}$'])(
    'is silent about %j',
    (value) => {
      expect(findings(code, asking(value))).toEqual([]);
    },
  );
});
