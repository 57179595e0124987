import { describe, expect, test } from 'vitest';
import { applyChanges, editPolicy, readJson, type PolicyEdit } from '../../../server/src/policy/index.ts';

const TABS = '{\n\t"version": "1",\n\t"default": "deny"\n}\n';

function edited(text: string, edit: PolicyEdit): string {
  const reading = readJson(text);
  if (!reading.ok || reading.root.kind !== 'object') throw new Error('No object.');
  return applyChanges(text, editPolicy(text, reading.root, edit));
}

const entry = (tool: string, given: object): PolicyEdit => ({ entries: new Map([[tool, given]]) });

describe('edits keep the formatting of the text', () => {
  test('a new entry, with tools where there are none', () => {
    expect(edited(TABS, entry('pay', { action: 'deny', reason: undefined }))).toBe(
      '{\n\t"version": "1",\n\t"default": "deny",\n\t"tools": {\n\t\t"pay": { "action": "deny" }\n\t}\n}\n',
    );
  });

  test('a long text is written as one', () => {
    const reason = 'Nothing is deleted here. '.repeat(10);
    const after = edited(TABS, entry('pay', { action: 'deny', reason }));
    expect(JSON.parse(after)).toMatchObject({ tools: { pay: { action: 'deny', reason } } });
  });

  test('a neighbour stays on its one line', () => {
    const text =
      '{\n  "version": "1",\n  "default": "deny",\n  "tools": {\n    "write_*": { "action": "deny" }\n  }\n}\n';
    expect(edited(text, entry('pay', {}))).toContain('    "write_*": { "action": "deny" },\n    "pay": {}\n  }');
  });

  test.each([
    [{ action: 'deny' }, '{"reason" :"x",  "limits":[ ], "action": "deny"}'],
    [{ reason: undefined }, '{"limits":[ ]}'],
    [{ reason: undefined, action: 'deny' }, '{"action": "deny",  "limits":[ ]}'],
    [{ reason: 'y' }, '{"reason" :"y",  "limits":[ ]}'],
    [{ reason: 'x', limits: [] }, '{"reason" :"x",  "limits":[ ]}'],
    [{ reason: undefined, limits: undefined }, '{}'],
  ])('an entry changes by members: %j', (edit, after) => {
    const text = '{"tools": { "a":{},   "b": {"reason" :"x",  "limits":[ ]} } }';
    expect(edited(text, entry('b', edit))).toBe(`{"tools": { "a":{},   "b": ${after} } }`);
  });

  test('a list that goes on keeps what it has', () => {
    const limit = { counter: 'c', window: 'day', max: 1 };
    const text = '{"tools":{"b":{"limits":[ {"counter":"c","window":"day","max":1} ]}}}';
    expect(edited(text, entry('b', { limits: [limit, { ...limit, window: 'hour' }] }))).toContain(
      '[ {"counter":"c","window":"day","max":1}, { "counter": "c", "window": "hour", "max": 1 } ]',
    );
  });

  test('any name can be written', () => {
    for (const name of ['a/b', 'with "quotes"', '__proto__', '0']) {
      const after = edited(TABS, entry(name, {}));
      expect(Object.keys((JSON.parse(after) as { tools: object }).tools)).toEqual([name]);
    }
  });

  test('hide begins or goes on, and never names a tool twice', () => {
    const once = edited(TABS, { hide: { add: ['pay'] } });
    expect(once).toBe('{\n\t"version": "1",\n\t"default": "deny",\n\t"hide": ["pay"]\n}\n');
    const twice = edited(once, { hide: { add: ['pay', 'admin_*'] } });
    expect(JSON.parse(twice)).toMatchObject({ hide: ['pay', 'admin_*'] });
    expect(edited(twice, { hide: { add: ['pay'] } })).toBe(twice);
  });

  test('a name alone goes from hide', () => {
    const text = '{ "version": "1", "default": "deny", "hide": ["pay", "p*"] }';
    expect(JSON.parse(edited(text, { hide: { remove: ['pay'] } }))).toMatchObject({ hide: ['p*'] });
    expect(edited(text, { hide: { remove: ['plan'] } })).toBe(text);
  });

  test('line ends stay as they are', () => {
    const text = TABS.replaceAll('\n', '\r\n');
    expect(edited(text, { hide: { add: ['pay'] } }).replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('what is of a wrong type is left alone', () => {
    const text = '{ "hide": 1, "tools": [] }';
    expect(edited(text, { hide: { add: ['x'] }, ...entry('x', {}) })).toBe(text);
  });
});
