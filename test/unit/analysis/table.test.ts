import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rulePage, ruleTable } from '../../../server/src/analysis/index.ts';

const codes = ruleTable.map((rule) => rule.code);

describe('the table of rules', () => {
  it('has each code once', () => {
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('has a page for each rule and a rule for each page', () => {
    expect(readdirSync('docs/rules').sort()).toEqual(codes.map((code) => `${code}.md`).sort());
  });

  it('has a file for each rule, named by its code, except for the problems that the engine finds', () => {
    const files = readdirSync('server/src/analysis/rules').map((file) => file.replace(/\.ts$/, ''));
    expect(codes.filter((code) => files.includes(code)).sort()).toEqual(files.sort());
  });

  it.each(ruleTable)(
    '$code: its page states title, severity, reason, both examples and the fix',
    ({ code, title, severity }) => {
      const page = readFileSync(rulePage(code).replace(/^.*(?=docs\/)/, ''), 'utf8');
      expect(page.startsWith(`# ${code}\n\n**${title}** · ${severity} by default`)).toBe(true);
      for (const heading of ['## Why it matters', '## Wrong', '## Right', '## Fix'])
        expect(page).toContain(`\n${heading}\n\n`);
    },
  );
});
