import { describe, expect, it } from 'vitest';
import { finding, findings, policy, serverWith, underlined } from '../support.ts';

const code = 'entry-under-hidden-tool';

describe(code, () => {
  it('points at the entry and at what hides it', () => {
    const text = policy({ hide: ['pay*'], tools: { pay_bill: {}, read: {} } });
    const found = finding(code, text);
    expect(underlined(text, found)).toBe('"pay_bill"');
    expect(found.related?.map(({ span }) => text.slice(span.start, span.end))).toEqual(['"pay*"']);
    expect(found.fixes.map((fix) => fix.title)).toEqual(['Remove the entry "pay_bill"']);
  });

  it('offers to show a tool that is hidden by name', () => {
    const found = finding(code, policy({ hide: ['pay'], tools: { pay: {} } }));
    expect(found.fixes.map((fix) => fix.title)).toEqual(['Remove the entry "pay"', 'Remove "pay" from "hide"']);
  });

  it('judges a pattern by the tools that it fits', () => {
    const text = policy({ hide: ['*_file'], tools: { 'read_*': {} } });
    expect(findings(code, text, serverWith('read_file'))).toHaveLength(1);
    expect(findings(code, text, serverWith('read_file', 'read_mail'))).toEqual([]);
    expect(findings(code, text)).toEqual([]);
  });

  it('is silent about tools that are not hidden', () => {
    expect(findings(code, policy({ hide: ['x'], tools: { y: {} } }))).toEqual([]);
  });
});
