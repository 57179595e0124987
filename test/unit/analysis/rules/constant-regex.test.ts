import { describe, expect, it } from 'vitest';
import { finding, findings, policy, underlined } from '../support.ts';

const code = 'constant-regex';
const asking = (value: string, list = 'deny_if'): string =>
  policy({ tools: { t: { [list]: [{ path: 'args.a', op: 'regex', value }] } } });

describe(code, () => {
  it.each(['', '^', '$', '.*', 'a*', '(x|)', '(?s)^.*$', '\\A', '(?m)^', 'a?b*$'])('every text matches %j', (value) => {
    const text = asking(value);
    expect(underlined(text, finding(code, text))).toBe(JSON.stringify(value));
    expect(finding(code, text).message).toMatch(/^Every text/);
  });

  it.each(['a^b', 'a$b', '[^\\x00-\\x{10FFFF}]', '(a^b|c$d)'])('no text matches %j', (value) => {
    expect(finding(code, asking(value)).message).toContain('this never applies');
    expect(finding(code, asking(value, 'require')).message).toContain('this denies every call');
  });

  it.each(['.', '^.*$', '^$', '^a*$', '\\b', '(?m)a$\\n^b', '\\.(md|txt)$', '(?i)password', '^(?s:.+)$', '$^'])(
    'is silent about %j',
    (value) => {
      expect(findings(code, asking(value))).toEqual([]);
    },
  );
});
