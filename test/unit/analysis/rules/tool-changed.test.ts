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

  it('says what a lock pins, and which command shows the difference', () => {
    const text = policy({ tools: { read: {} } });
    const pinned = reviewed && { ...reviewed, source: 'lock' as const };
    const known = { ...serverWith({ name: 'read', description: 'Other.' }), ...(pinned && { reviewed: pinned }) };
    const { message } = finding(code, text, known);
    expect(message).toContain('since it was pinned in portcullis.lock.json');
    expect(message).toContain('"portcullis lock"');
  });

  it('is silent about tools without an entry, new tools, and without a reviewed list', () => {
    const known = serverWith({ name: 'read', description: 'Other.' }, 'new');
    expect(findings(code, policy({ tools: { new: {} } }), { ...known, ...before })).toEqual([]);
    expect(findings(code, policy({ tools: { read: {} } }), known)).toEqual([]);
  });
});
