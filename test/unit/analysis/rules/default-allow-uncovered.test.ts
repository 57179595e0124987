import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, underlined } from '../support.ts';

const code = 'default-allow-uncovered';
const known = serverWith('delete_all', 'buy_it', 'read_one', 'drop_table');

describe(code, () => {
  it('is one finding with the list of what nothing covers', () => {
    const text = policy({ default: 'allow', hide: ['buy_it'] });
    const found = finding(code, text, known);
    expect(underlined(text, found)).toBe('"allow"');
    expect(found.message).toContain('2 dangerous tools that no entry governs: "delete_all" and "drop_table"');
    expect(JSON.parse(fixed(text, found, 'Hide'))).toMatchObject({ hide: ['buy_it', 'delete_all', 'drop_table'] });
    const asked = { action: 'require_approval' };
    expect(JSON.parse(fixed(text, found, 'Ask'))).toMatchObject({ tools: { delete_all: asked, drop_table: asked } });
  });

  it('is silent under default deny, when all are covered, and without a list', () => {
    expect(findings(code, policy({}), known)).toEqual([]);
    expect(findings(code, policy({ default: 'allow', hide: ['d*'], tools: { buy_it: {} } }), known)).toEqual([]);
    expect(findings(code, policy({ default: 'allow' }))).toEqual([]);
  });
});
