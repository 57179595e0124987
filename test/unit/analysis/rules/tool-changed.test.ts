import { describe, expect, it } from 'vitest';
import { finding, findings, policy, serverWith, underlined } from '../support.ts';

const code = 'tool-changed';
const reviewed = serverWith({ name: 'read', description: 'Reads.' }, { name: 'list', description: 'Lists.' }).catalog;
const before = reviewed ? { reviewed } : {};

describe(code, () => {
  it('points at the entry and says what changed', () => {
    const text = policy({ tools: { read: {}, list: {} } });
    const known = {
      ...serverWith({ name: 'read', description: 'Reads and sends.' }, { name: 'list', description: 'Lists.' }),
      ...before,
    };
    expect(underlined(text, finding(code, text, known))).toBe('"read"');
    expect(finding(code, text, known).message).toMatch(/^"description" of "read" changed/);
  });

  it('is silent about tools without an entry, new tools, and without a reviewed list', () => {
    const known = serverWith({ name: 'read', description: 'Other.' }, 'new');
    expect(findings(code, policy({ tools: { new: {} } }), { ...known, ...before })).toEqual([]);
    expect(findings(code, policy({ tools: { read: {} } }), known)).toEqual([]);
  });
});
