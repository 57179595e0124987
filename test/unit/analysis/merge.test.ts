/** Twins of a key, merged: what comes out says what both said, and no more is allowed than either allowed. */
import { describe, expect, it } from 'vitest';
import { analyze, type Finding } from '../../../server/src/analysis/index.ts';
import { fixed } from './support.ts';

const doc = (tools: string): string => `{ "version": "1", "default": "deny", "tools": { ${tools} } }`;

function twin(text: string): Finding {
  const found = analyze({ text }).find(({ code }) => code === 'duplicate-key');
  if (!found) throw new Error('No key stands twice.');
  return found;
}

const merged = (text: string): string => fixed(text, twin(text), 'Merge');
const toolsOf = (text: string): unknown => (JSON.parse(merged(text)) as { tools: unknown }).tools;

/** Why there is no fix that merges: the place, and the words. */
function refusal(text: string): readonly (readonly [string, string])[] {
  const { fixes, related = [] } = twin(text);
  expect(fixes.map(({ title }) => title)).toEqual(['Keep the first one', 'Keep this one']);
  return related.slice(1).map(({ span, message }) => [text.slice(span.start, span.end), message]);
}

describe('twins are merged', () => {
  it('where each has members of its own', () => {
    const text = doc('"pay": { "action": "require_approval" }, "read": {}, "pay": { "reason": "Money." }');
    expect(merged(text)).toBe(doc('"pay": { "action": "require_approval", "reason": "Money." }, "read": {}'));
  });

  it('member by member, all the way down; what both say stays once', () => {
    const rate = (max: number): string => `"rate_limit": { "max": ${max}, "window": 60 }`;
    const text = doc(`"pay": { ${rate(1)}, "action": "allow" }, "pay": { ${rate(1)}, "approval": {} }`);
    expect(toolsOf(text)).toEqual({ pay: { rate_limit: { max: 1, window: 60 }, action: 'allow', approval: {} } });
    const roots =
      '{ "version": "1", "default": "deny", "tools": { "a": {} }, "tools": { "b": {}, "a": { "action": "deny" } } }';
    expect(toolsOf(roots)).toEqual({ a: { action: 'deny' }, b: {} });
  });

  it('with all items of lists that restrict, each once', () => {
    const condition = (path: string): string => `{ "path": "args.${path}", "op": "exists" }`;
    const text = doc(
      `"pay": { "deny_if": [${condition('a')}] }, "pay": { "deny_if": [${condition('a')}, ${condition('b')}] }`,
    );
    expect(toolsOf(text)).toEqual({
      pay: { deny_if: ['args.a', 'args.b'].map((path) => ({ path, op: 'exists' })) },
    });
  });

  it('in the layout of the first, byte for byte', () => {
    const text = `{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {
      "action":   "deny"
    },
    "pay": {
      "reason": "No.",
      "limits": [{ "counter": "c",  "window": "day", "max": 1.0 }]
    }
  }
}`;
    expect(merged(text)).toBe(`{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {
      "action":   "deny",
      "reason": "No.",
      "limits": [{ "counter": "c",  "window": "day", "max": 1.0 }]
    }
  }
}`);
  });

  it('where the first is empty', () => {
    expect(merged(doc('"pay": {}, "pay": { "action": "deny" }'))).toBe(doc('"pay": { "action": "deny" }'));
  });
});

describe('twins are not merged', () => {
  it('where they differ in a member: it is shown', () => {
    const text = doc('"pay": { "action": "deny", "reason": "x" }, "pay": { "action": "allow" }');
    const words = 'They cannot be merged: each has "action", and they differ. Choose one here first';
    expect(refusal(text)).toEqual([['"deny"', words]]);
  });

  it('where a list would allow more with the items of both', () => {
    const among = (value: string): string => `"require": { "path": "args.to", "op": "in", "value": ["${value}"] }`;
    expect(refusal(doc(`"pay": { ${among('a')} }, "pay": { ${among('b')} }`))).toEqual([
      ['["a"]', expect.stringContaining('each has "value"')],
    ]);
  });

  it('where one has a key twice itself', () => {
    const text = doc('"pay": { "reason": "x", "reason": "y" }, "pay": {}');
    const found = analyze({ text }).filter(({ code }) => code === 'duplicate-key');
    expect(found.map(({ fixes }) => fixes.map(({ title }) => title.slice(0, 5)))).toEqual([
      ['Keep ', 'Keep '],
      ['Keep ', 'Keep '],
    ]);
    expect(found[1]?.related?.[1]?.message).toContain('has a key twice itself');
  });

  it('and nothing is explained, where they are plain values', () => {
    const { related, fixes } = twin('{ "version": "1", "default": "deny", "default": "allow" }');
    expect(related).toHaveLength(1);
    expect(fixes).toHaveLength(2);
  });
});
