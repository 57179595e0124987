import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../../client/src/webview/audit/messages.ts';
import { pack } from '../../../client/src/webview/audit/pack.ts';
import { shortened, visible, withoutLinks } from '../../../client/src/webview/visible.ts';
import { Rows } from '../../../client/webview/audit/rows.ts';

describe('names that are shown', () => {
  it.each([
    ['delete\u202Eelif', String.raw`delete\u{202e}elif`],
    ['a\u0007b\nc', String.raw`a\u{7}b\u{a}c`],
    ['pay\u200B', String.raw`pay\u{200b}`],
    ['x\u{E0041}', String.raw`x\u{e0041}`],
    ['משיכה', 'משיכה'],
    ['naïve 日本 👍', 'naïve 日本 👍'],
  ])('have nothing hidden: %j', (name, shown) => expect(visible(name)).toBe(shown));

  it('come into the page with nothing hidden, in every column', () => {
    const rows = new Rows();
    const bad = 'x\u202Ey';
    const row: AuditRow = {
      ...{ id: 'a', at: 0, category: bad, risk: 'low', decision: 'deny' },
      ...{ client: bad, server: bad, tool: bad, rule: bad, message: bad },
    };
    rows.add(pack([row]));
    const { client, server, tool, category, rule, message } = rows.at(0) ?? row;
    expect(new Set([client, server, tool, category, rule, message])).toEqual(new Set([String.raw`x\u{202e}y`]));
  });

  it('make no link that runs a command', () => {
    const message = '[Review…](command:workbench.action.terminal.new) [[a]](file:///b)](http://c)';
    // As VS Code finds them.
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)\)/i;
    expect(message).toMatch(link);
    expect(withoutLinks(message)).not.toMatch(link);
    expect(withoutLinks('rows[0](x)')).toBe('rows[0] (x)');
  });

  it('are short where they stand in full nearby', () => {
    expect(shortened('read_file')).toBe('read_file');
    expect(shortened('x'.repeat(100))).toBe(`${'x'.repeat(39)}…`);
  });
});
