import { describe, expect, it } from 'vitest';
import { finding, findings, fixed, policy, serverWith, underlined } from '../support.ts';

const code = 'unknown-tool';
const known = serverWith('delete_file', 'read_file');

describe(code, () => {
  it('points at the name and offers the nearest', () => {
    const text = policy({ tools: { raed_file: { reason: 'x' } } });
    const found = finding(code, text, known);
    expect(underlined(text, found)).toBe('"raed_file"');
    expect(found.message).toBe('"demo" lists no tool "raed_file", so this has no effect. Did you mean "read_file"?');
    expect(JSON.parse(fixed(text, found, 'Change'))).toMatchObject({ tools: { read_file: { reason: 'x' } } });
  });

  it('says when only the case differs, or only the look', () => {
    expect(finding(code, policy({ tools: { Read_File: {} } }), known).message).toContain(
      'case-sensitive: the tool is called "read_file"',
    );
    expect(finding(code, policy({ tools: { reаd_file: {} } }), known).message).toContain(
      'looks like "read_file" but is spelt with other characters',
    );
  });

  it('looks into "hide" too, and not at patterns', () => {
    const text = policy({ default: 'allow', hide: ['x_*', 'delete_fil'] });
    const found = finding(code, text, known);
    expect(underlined(text, found)).toBe('"delete_fil"');
    expect(JSON.parse(fixed(text, found, 'Change'))).toMatchObject({ hide: ['x_*', 'delete_file'] });
    expect(JSON.parse(fixed(text, found, 'Remove'))).toMatchObject({ hide: ['x_*'] });
  });

  it('does not offer a name that is taken', () => {
    const text = policy({ tools: { read_fil: {}, read_file: {} } });
    expect(finding(code, text, known).fixes.map((fix) => fix.title)).toEqual(['Remove the entry "read_fil"']);
  });

  it('shows hidden characters', () => {
    expect(finding(code, policy({ tools: { 'x\u202Ey': {} } }), known).message).toContain('"x\\u{202E}y"');
  });

  it('is silent without a list, with an empty one, and for tools that exist', () => {
    const text = policy({ tools: { read_file: {} }, hide: ['delete_file'] });
    expect(findings(code, text, known)).toEqual([]);
    expect(findings(code, policy({ tools: { x: {} } }))).toEqual([]);
    expect(findings(code, policy({ tools: { x: {} } }), serverWith())).toEqual([]);
  });
});
