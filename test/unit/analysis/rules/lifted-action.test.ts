import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, underlined } from '../support.ts';

const code = 'lifted-action';

describe(code, () => {
  it('points at the action that lifts, and at the lifted one', () => {
    const text = policy({ tools: { 'delete_*': { action: 'deny' }, delete_draft: { action: 'allow' } } });
    const found = finding(code, text);
    expect(underlined(text, found)).toBe('"allow"');
    expect(found.related?.map(({ span }) => text.slice(span.start, span.end))).toEqual(['"deny"']);
    expect(JSON.parse(fixed(text, found, 'Keep'))).toMatchObject({ tools: { delete_draft: {} } });
  });

  it('knows that asking a person is less than denying', () => {
    const tools = { 'd*': { action: 'deny' }, d: { action: 'require_approval', approval: { timeout: 5 } } };
    expect(fixed(policy({ tools }), finding(code, policy({ tools })), 'Keep')).not.toContain('approval');
  });

  it.each([
    [{ 'd*': { action: 'deny' }, d: {} }],
    [{ 'd*': { action: 'deny' }, d: { action: 'deny' } }],
    [{ 'd*': { action: 'allow' }, d: { action: 'allow' } }],
    [{ 'd*': { action: 'require_approval' }, d: { action: 'deny' } }],
    [{ 'd*': { action: 'deny' }, e: { action: 'allow' } }],
  ])('is silent about %j', (tools) => {
    expect(findings(code, policy({ tools }))).toEqual([]);
  });
});
