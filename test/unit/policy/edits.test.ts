import { describe, expect, test } from 'vitest';
import { applyChanges as apply, hideTool, setDefault, setTool, unhideTool } from '../../../server/src/policy/index.ts';

const TABS = '{\n\t"version": "1",\n\t"default": "deny"\n}\n';

describe('edits keep the formatting of the text', () => {
  test('setTool adds an entry, with tools where there are none', () => {
    expect(apply(TABS, setTool(TABS, 'pay', { action: 'deny' }))).toBe(
      '{\n\t"version": "1",\n\t"default": "deny",\n\t"tools": {\n\t\t"pay": { "action": "deny" }\n\t}\n}\n',
    );
  });

  test('setTool writes a long text as one', () => {
    const reason = 'Nothing is deleted here. '.repeat(10);
    const edited = apply(TABS, setTool(TABS, 'pay', { action: 'deny', reason }));
    expect(JSON.parse(edited)).toMatchObject({ tools: { pay: { action: 'deny', reason } } });
  });

  test('setTool leaves a neighbour on its one line', () => {
    const text =
      '{\n  "version": "1",\n  "default": "deny",\n  "tools": {\n    "write_*": { "action": "deny" }\n  }\n}\n';
    expect(apply(text, setTool(text, 'pay', {}))).toContain('    "write_*": { "action": "deny" },\n    "pay": {}\n  }');
  });

  test('setTool replaces an entry and leaves the others alone', () => {
    const text = '{ "version": "1", "default": "deny", "tools": { "a":{},   "b": { "action": "deny" } } }';
    expect(JSON.parse(apply(text, setTool(text, 'b', {})))).toMatchObject({ tools: { a: {}, b: {} } });
    expect(apply(text, setTool(text, 'b', {}))).toContain('{ "a":{},   "b": {} }');
  });

  test('setTool writes any name', () => {
    for (const name of ['a/b', 'with "quotes"', '__proto__', '0']) {
      const edited = apply(TABS, setTool(TABS, name, {}));
      expect(Object.keys((JSON.parse(edited) as { tools: object }).tools)).toEqual([name]);
    }
  });

  test('hideTool begins or continues the list, and never names a tool twice', () => {
    const once = apply(TABS, hideTool(TABS, 'pay'));
    expect(once).toBe('{\n\t"version": "1",\n\t"default": "deny",\n\t"hide": ["pay"]\n}\n');
    const twice = apply(once, hideTool(once, 'admin_*'));
    expect(JSON.parse(twice)).toMatchObject({ hide: ['pay', 'admin_*'] });
    expect(hideTool(twice, 'pay')).toEqual([]);
  });

  test('unhideTool removes the name alone', () => {
    const text = '{ "version": "1", "default": "deny", "hide": ["pay", "p*"] }';
    expect(JSON.parse(apply(text, unhideTool(text, 'pay')))).toMatchObject({ hide: ['p*'] });
    expect(unhideTool(text, 'plan')).toEqual([]);
  });

  test('setDefault replaces or adds the default', () => {
    expect(apply(TABS, setDefault(TABS, 'allow'))).toBe(TABS.replace('deny', 'allow'));
    expect(JSON.parse(apply('{"version":"1"}', setDefault('{"version":"1"}', 'deny')))).toEqual({
      version: '1',
      default: 'deny',
    });
  });

  test('line ends stay as they are', () => {
    const text = TABS.replaceAll('\n', '\r\n');
    expect(apply(text, hideTool(text, 'pay')).replaceAll('\r\n', '')).not.toContain('\n');
  });

  test.each(['', '[]', '{ "version": ', '{"a":'.repeat(100_000)])(
    'a text that is no document is left alone: %#',
    (text) => {
      expect([
        ...setTool(text, 'x', {}),
        ...hideTool(text, 'x'),
        ...unhideTool(text, 'x'),
        ...setDefault(text, 'deny'),
      ]).toEqual([]);
    },
  );
});
