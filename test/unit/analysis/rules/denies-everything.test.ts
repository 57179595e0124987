import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, tool, underlined } from '../support.ts';

const code = 'denies-everything';
// What a public page recommends, saying that "the rest of the server keeps working".
const page = '{ "version": "1", "default": "deny", "hide": ["cancel_order"] }';

describe(code, () => {
  it('points at the default and offers two ways out', () => {
    const found = finding(code, page, serverWith('cancel_order', 'get_order', 'list_orders'));
    expect(underlined(page, found)).toBe('"default": "deny"');
    expect(found.fixes.map((fix) => fix.title)).toEqual(['Allow by default', 'List the other 2 tools']);
    expect(fixed(page, found, 'Allow')).toBe('{ "version": "1", "default": "allow", "hide": ["cancel_order"] }');
    expect(fixed(page, found, 'List')).toBe(
      '{ "version": "1", "default": "deny", "hide": ["cancel_order"], "tools": { "get_order": {}, "list_orders": {} } }',
    );
  });

  it('lists tools one a line where the document has lines', () => {
    const text = policy({ tools: {} });
    const mended = fixed(text, finding(code, text, serverWith('a', 'b')), 'List');
    expect(mended).toBe('{\n  "version": "1",\n  "default": "deny",\n  "tools": {\n    "a": {},\n    "b": {}\n  }\n}');
  });

  it('offers only the first without a tool list', () => {
    expect(finding(code, page).fixes.map((fix) => fix.title)).toEqual(['Allow by default']);
  });

  it('does not list tools whose names nobody should allow by accident', () => {
    const known = serverWith('a', 'a\u200B', 'x*', tool('__proto__', {}));
    const mended = fixed(page, finding(code, page, known), 'List');
    expect(Object.keys((JSON.parse(mended) as { tools: object }).tools)).toEqual(['a', '__proto__']);
  });

  it('points at a star in "hide"', () => {
    const text = policy({ default: 'allow', hide: ['a', '*'] });
    expect(underlined(text, finding(code, text))).toBe('"*"');
  });

  it('is silent where something is listed or allowed by default', () => {
    for (const fine of [
      policy({ default: 'allow' }),
      policy({ tools: { a: {} } }),
      policy({ tools: { 'get_*': {} } }),
      policy({ tools: { '*': {} } }),
    ]) {
      expect(findings(code, fine)).toEqual([]);
    }
  });
});
