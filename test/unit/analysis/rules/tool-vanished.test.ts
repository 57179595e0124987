import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, tool, underlined, type Known } from '../support.ts';

const code = 'tool-vanished';

function changed(before: Known, after: Known): Known {
  return { ...after, ...(before.catalog && { reviewed: before.catalog }) };
}

describe(code, () => {
  it('points at names that were listed, and leaves unknown-tool the others', () => {
    const text = policy({ hide: ['gone'], tools: { never: {}, here: {} } });
    const known = changed(serverWith('gone', 'here'), serverWith('here'));
    expect(underlined(text, finding(code, text, known))).toBe('"gone"');
    expect(underlined(text, finding('unknown-tool', text, known))).toBe('"never"');
    expect(finding(code, text, known).fixes.map(({ title }) => title)).toEqual(['Remove "gone" from "hide"']);
  });

  it('offers the name that the same definition has now', () => {
    const known = changed(serverWith(tool('send', { to: {} }), 'x'), serverWith(tool('deliver', { to: {} }), 'x'));
    const text = policy({ tools: { send: {} } });
    expect(fixed(text, finding(code, text, known), 'Change')).toContain('"deliver": {}');
  });

  it('says when a lock pins what is gone', () => {
    const known = changed(serverWith('gone', 'here'), serverWith('here'));
    const pinned = known.reviewed && { ...known.reviewed, source: 'lock' as const };
    const { message } = finding(code, policy({ tools: { gone: {} } }), {
      ...known,
      ...(pinned && { reviewed: pinned }),
    });
    expect(message).toContain('when it was pinned in portcullis.lock.json');
  });

  it('is silent without a reviewed list, and while no tool is known', () => {
    const text = policy({ tools: { gone: {} } });
    expect(findings(code, text, serverWith('here'))).toEqual([]);
    expect(findings(code, text, changed(serverWith('gone'), serverWith()))).toEqual([]);
  });
});
