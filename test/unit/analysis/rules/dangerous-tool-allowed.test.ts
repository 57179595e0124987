import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, underlined } from '../support.ts';

const code = 'dangerous-tool-allowed';
const known = serverWith('delete_all', 'delete_one', 'read_one');

describe(code, () => {
  it('points at the entry, says why the tool is dangerous, and offers approval or hiding', () => {
    const text = policy({ tools: { delete_all: {} } });
    const found = finding(code, text, known);
    expect(underlined(text, found)).toBe('"delete_all"');
    expect(found.message).toContain(
      '"delete_all" is dangerous (Destructive, critical: The name begins with the verb "delete".) and allowed',
    );
    expect(JSON.parse(fixed(text, found, 'Ask'))).toMatchObject({
      tools: { delete_all: { action: 'require_approval' } },
    });
    expect(JSON.parse(fixed(text, found, 'Hide'))).toMatchObject({ tools: {}, hide: ['delete_all'] });
  });

  it('speaks once of a pattern that lets several through', () => {
    const found = finding(code, policy({ tools: { 'delete_*': {} } }), known);
    expect(found.message).toContain('"delete_all" and "delete_one" are dangerous and allowed');
    expect(found.fixes.map((fix) => fix.title)).toEqual(['Ask a person before each call']);
  });

  it('is silent where anything restricts the tool, and about tools that are not dangerous', () => {
    const limits = [{ counter: 'c', window: 'day', max: 1 }];
    for (const entry of [
      { action: 'require_approval' },
      { action: 'deny' },
      { limits },
      { deny_if: [{ path: 'args.x', op: 'exists', value: true }] },
    ]) {
      expect(findings(code, policy({ tools: { delete_all: entry } }), known)).toEqual([]);
    }
    expect(findings(code, policy({ tools: { delete_all: {} }, all_tools: { limits } }), known)).toEqual([]);
    expect(findings(code, policy({ tools: { delete_all: {} }, hide: ['delete_all'] }), known)).toEqual([]);
    expect(findings(code, policy({ tools: { read_one: {} } }), known)).toEqual([]);
  });
});
