import { describe, expect, it } from 'vitest';
import { finding, findings, policy, serverWith, underlined } from '../support.ts';

const code = 'lone-star-lists-nothing';

describe(code, () => {
  it('points at the star', () => {
    const text = policy({ tools: { '*': { limits: [] } } });
    const found = finding(code, text, serverWith('a', 'b'));
    expect(underlined(text, found)).toBe('"*"');
    expect(found.fixes.map((fix) => fix.title)).toEqual(['Allow by default', 'List the other 2 tools']);
  });

  it('is silent beside other entries, under default allow, and where the star denies', () => {
    expect(findings(code, policy({ tools: { '*': {}, a: {} } }))).toEqual([]);
    expect(findings(code, policy({ default: 'allow', tools: { '*': {} } }))).toEqual([]);
    expect(findings(code, policy({ tools: { '*': { action: 'deny' } } }))).toEqual([]);
  });
});
