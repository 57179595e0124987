/** Completion: what is offered where, and what the text is afterwards. */
import { MarkupKind } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { known, suggest, TOOLS } from './support/view.ts';

describe('keys', () => {
  it('offers what the document does not have yet, the required ones first', () => {
    const { labels } = suggest('{ "tools": {}, | }');
    expect(labels.slice(0, 2)).toEqual(['version', 'default']);
    expect(labels).toContain('hide');
    expect(labels).not.toContain('tools');
  });

  it('offers the keys of an entry, but those of a ruleset in all_tools', () => {
    expect(suggest('{ "tools": { "x": { | } } }').labels).toContain('action');
    expect(suggest('{ "all_tools": { | } }').labels).not.toContain('action');
  });

  it('offers predicate and group until the keys decide', () => {
    expect(suggest('{ "tools": { "x": { "deny_if": [{ | }] } } }').labels).toEqual(
      expect.arrayContaining(['path', 'op', 'conditions']),
    );
    expect(suggest('{ "tools": { "x": { "deny_if": [{ "path": "args.a", | }] } } }').labels).not.toContain(
      'conditions',
    );
    expect(suggest('{ "tools": { "x": { "deny_if": [{ "conditions": [], | }] } } }').labels).toEqual(['on_deny', 'id']);
  });

  it('inserts the only value there is, and brackets otherwise', () => {
    expect(suggest('{ | }').accept('version')).toBe('{ "version": "1" }');
    expect(suggest('{ | }').accept('tools')).toBe('{ "tools": {} }');
    expect(suggest('{ | }').accept('hide')).toBe('{ "hide": [] }');
  });

  it('carries the description of the schema', () => {
    const item = suggest('{ | }').items.find(({ label }) => label === 'default');
    expect(item?.documentation).toMatchObject({ value: expect.stringContaining('What happens to a call') as string });
  });
});

describe('the text around', () => {
  it('replaces a half-typed key and keeps its value', () => {
    expect(suggest('{ "versi|": "1" }').accept('version')).toBe('{ "version": "1" }');
  });

  it('takes an unquoted word for the beginning of a key', () => {
    expect(suggest('{ ver| }').accept('version')).toBe('{ "version": "1" }');
  });

  it('adds the comma that is missing before', () => {
    expect(suggest('{ "version": "1" | }').accept('hide')).toBe('{ "version": "1", "hide": [] }');
    expect(suggest('{ "tools": {}|}').accept('version')).toBe('{ "tools": {}, "version": "1"}');
  });

  it('adds the comma that is missing after', () => {
    expect(suggest('{ | "tools": {} }').accept('version')).toBe('{ "version": "1", "tools": {} }');
  });

  it('needs only the typed line of a string that is not closed', () => {
    expect(suggest('{\n  "tools": { "rea| }\n}').accept('read_file')).toBe('{\n  "tools": { "read_file": {} }\n}');
  });

  it('completes a missing value before the next key', () => {
    expect(suggest('{ "default": |\n  "tools": {} }').accept('"deny"')).toBe('{ "default": "deny",\n  "tools": {} }');
  });

  it('replaces a value that stands there', () => {
    expect(suggest('{ "default": "al|low" }').accept('"deny"')).toBe('{ "default": "deny" }');
  });

  it('works with CRLF and with characters outside the first plane before the cursor', () => {
    const { accept } = suggest('{\r\n  "description": "🏰🏰",\r\n  |\r\n}');
    expect(accept('version')).toBe('{\r\n  "description": "🏰🏰",\r\n  "version": "1"\r\n}');
  });

  it('offers nothing behind a key without its colon', () => {
    expect(suggest('{ "default" | }').labels).toEqual([]);
  });

  it('offers the same text with places to fill in where the editor knows snippets', () => {
    const { items } = suggest('{ "tools": { "|" } }', known(TOOLS), { snippets: true, markup: MarkupKind.PlainText });
    expect(items.find(({ label }) => label === 'read_file')?.textEdit?.newText).toBe('"read_file": {${1}\\}');
  });
});

describe('tool names', () => {
  it('offers those without an entry, those that no pattern governs first', () => {
    const { labels } = suggest('{ "tools": { "write_file": {}, "*_file": {}, "|" } }');
    expect(labels).toEqual([
      'transfer_funds',
      'transfer_funds: Ask a person before each call.',
      'read_file',
      'delete_file',
    ]);
  });

  it('shows the risk in words and the first line of the description', () => {
    const item = suggest('{ "tools": { "|" } }').items.find(({ label }) => label === 'delete_file');
    expect(item?.labelDetails?.description).toContain('critical · Destructive');
    expect(suggest('{ "tools": { "|" } }').items[0]).toMatchObject({ detail: 'Reads a file.' });
  });

  it('offers tools that are not hidden yet in hide', () => {
    expect(suggest('{ "hide": ["delete_file", "|"] }').labels).toEqual(['read_file', 'write_file', 'transfer_funds']);
    expect(suggest('{ "hide": ["delete_file" |] }').accept('read_file')).toBe(
      '{ "hide": ["delete_file", "read_file"] }',
    );
  });

  it('writes names as JSON strings and leaves out those that would be patterns', () => {
    const strange = known([{ name: 'a "quoted" \\ name' }, { name: 'a*' }, { name: '\ud800' }, { name: '' }]);
    const { items, labels } = suggest('{ "tools": { "|" } }', strange);
    expect(labels[0]).toBe('a "quoted" \\ name');
    expect(labels).toHaveLength(2);
    expect(items[0]?.textEdit?.newText).toBe('"a \\"quoted\\" \\\\ name": {}');
  });

  it('shows what is invisible in a name and a description', () => {
    const hostile = known([{ name: 'pay\u202ename', description: 'harmless\u200b\u202e tool' }]);
    const item = suggest('{ "tools": { "|" } }', hostile).items[0];
    expect(item?.label).not.toMatch(/\u202e/u);
    expect(item?.detail).not.toMatch(/[\u202e\u200b]/u);
  });

  it('offers the rule that fits the risk along with the name', () => {
    const { accept } = suggest('{ "tools": { "|" } }');
    expect(accept('transfer_funds: Ask a person before each call.')).toBe(
      '{ "tools": { "transfer_funds": {"action":"require_approval"} } }',
    );
    expect(suggest('{ "tools": { "trans|": {} } }').labels).toEqual([
      'read_file',
      'write_file',
      'delete_file',
      'transfer_funds',
    ]);
  });

  it('offers a pattern for tools whose names begin alike and that nothing governs', () => {
    const many = known(['get_a', 'get_b', 'get_c', 'put_a'].map((name) => ({ name })));
    expect(suggest('{ "tools": { "|" } }', many).accept('get_*')).toBe('{ "tools": { "get_*": {} } }');
    expect(suggest('{ "hide": ["|"] }', many).labels).toContain('get_*');
    expect(suggest('{ "hide": ["get_a", "|"] }', many).labels).not.toContain('get_*');
  });

  it('sends part of a list of 5,000 and narrows it as one types', () => {
    const many = known(Array.from({ length: 5_000 }, (_, index) => ({ name: `tool_${index}` })));
    const first = suggest('{ "tools": { "|" } }', many);
    expect(first.isIncomplete).toBe(true);
    expect(first.items.length).toBeLessThanOrEqual(300);
    expect(suggest('{ "tools": { "tool_4999|" } }', many).labels[0]).toBe('tool_4999');
  });
});

const inCondition = (member: string): string =>
  `{ "tools": { "transfer_funds": { "deny_if": [{ ${member} }] }, "read_file": {} } }`;

describe('argument paths', () => {
  it('offers those of the tool, nested, with elements and quoted keys', () => {
    const { labels } = suggest('{ "tools": { "read_file": { "require": [{ "path": "|" }] } } }');
    expect(labels).toEqual(
      expect.arrayContaining([
        'args.path',
        'args["line range"]',
        'args["line range"][*]',
        'args["line range"][*].from',
      ]),
    );
    expect(labels).toContain('tool.risk');
    expect(labels).not.toContain('args.amount');
  });

  it('escapes a quoted key inside the JSON string', () => {
    const text = '{ "tools": { "read_file": { "require": [{ "path": | }] } } }';
    expect(suggest(text).accept('args["line range"]')).toContain('"path": "args[\\"line range\\"]"');
  });

  it('offers the union over the tools that a pattern matches, and over all for all_tools', () => {
    const { labels, items } = suggest('{ "tools": { "*_file": { "require": [{ "path": "|" }] } } }');
    expect(labels).toContain('args.overwrite');
    expect(labels).not.toContain('args.amount');
    expect(items.find(({ label }) => label === 'args.path')?.labelDetails?.description).toBe('string, 2 tools');
    expect(suggest('{ "all_tools": { "require": [{ "path": "|" }] } }').labels).toContain('args.amount');
  });

  it('offers only numbers for increment_from', () => {
    const text = '{ "tools": { "transfer_funds": { "limits": [{ "increment_from": "|" }] } } }';
    expect(suggest(text).labels).toEqual(['args.amount']);
  });

  it('works for a predicate in a group', () => {
    const text = '{ "tools": { "transfer_funds": { "deny_if": [{ "conditions": [{ "path": "|" }] }] } } }';
    expect(suggest(text).labels).toContain('args.amount');
  });
});

describe('operators', () => {
  it('offers those that fit the type, the special ones first', () => {
    const numeric = suggest(inCondition('"path": "args.amount", "op": "|"')).labels;
    expect(numeric.slice(0, 4)).toEqual(['lt', 'lte', 'gt', 'gte']);
    expect(numeric).not.toContain('regex');
    const text = suggest('{ "tools": { "read_file": { "require": [{ "path": "args.path", "op": "|" }] } } }').labels;
    expect(text).toContain('regex');
    expect(text).not.toContain('gt');
  });

  it('offers all while the argument is not known', () => {
    expect(suggest(inCondition('"path": "args.unheard_of", "op": "|"')).labels).toHaveLength(11);
  });
});

describe('values', () => {
  it('offers what the schema lists', () => {
    const text = '{ "tools": { "read_file": { "require": [{ "path": "args.encoding", "op": "eq", "value": | }] } } }';
    expect(suggest(text).labels).toEqual(['"utf8"', '"latin1"']);
    expect(suggest(inCondition('"path": "args.currency", "op": "eq", "value": |')).labels).toEqual(['"EUR"']);
  });

  it('offers a list for in, and single values inside it', () => {
    const before = '{ "tools": { "read_file": { "require": [{ "path": "args.encoding", "op": "in", "value": ';
    expect(suggest(`${before}| }] } } }`).labels).toContain('["utf8", "latin1"]');
    expect(suggest(`${before}["utf8", |] }] } } }`).labels).toContain('"latin1"');
  });

  it('offers bounds and default for an ordering', () => {
    expect(suggest(inCondition('"path": "args.amount", "op": "gt", "value": |')).labels).toEqual(
      expect.arrayContaining(['10', '1', '5000']),
    );
  });

  it('offers true and false for exists and for booleans', () => {
    expect(suggest(inCondition('"path": "args.amount", "op": "exists", "value": |')).labels).toEqual(['true', 'false']);
    const boolean =
      '{ "tools": { "write_file": { "deny_if": [{ "path": "args.overwrite", "op": "eq", "value": | }] } } }';
    expect(suggest(boolean).labels).toEqual(['true', 'false']);
  });

  it('offers categories and levels for the tool itself', () => {
    const text = '{ "all_tools": { "deny_if": [{ "path": "tool.risk", "op": "eq", "value": | }] } }';
    expect(suggest(text).labels).toEqual(['"low"', '"medium"', '"high"', '"critical"']);
  });

  it('offers windows, scopes and actions from the schema', () => {
    expect(suggest('{ "tools": { "x": { "limits": [{ "window": | }] } } }').labels).toContain('"day"');
    expect(suggest('{ "tools": { "x": { "rate_limit": { "scope": | } } } }').labels).toEqual(['"session"', '"grant"']);
    expect(suggest('{ "tools": { "x": { "action": "|" } } }').labels).toContain('"require_approval"');
  });

  it('offers nothing inside a text that is being written', () => {
    expect(suggest('{ "description": "Reads only.|" }').labels).toEqual([]);
    expect(suggest('{ "description": | }').labels).toEqual(['" "']);
  });

  it('offers the configured servers for server', () => {
    expect(suggest('{ "server": "|" }').labels).toEqual(['files']);
  });
});

describe('whole rules', () => {
  it('offers the rule that fits the risk of the tool', () => {
    const { labels, accept } = suggest('{ "tools": { "transfer_funds": | } }');
    expect(labels[0]).toBe('recommended');
    expect(accept('recommended')).toBe('{ "tools": { "transfer_funds": {"action":"require_approval"} } }');
  });

  it('offers conditions for the arguments of the tool', () => {
    const { accept } = suggest('{ "tools": { "transfer_funds": { "deny_if": [|] } } }');
    expect(accept('args.amount gt …')).toContain('"deny_if": [{ "path": "args.amount", "op": "gt", "value": 5000 }]');
    expect(accept('always deny')).toContain('"conditions": []');
  });

  it('offers limits on calls and on sums', () => {
    const { accept } = suggest('{ "tools": { "transfer_funds": { "limits": [|] } } }');
    expect(accept('limit on calls')).toContain('"counter": "transfer_funds_rate", "window": "minute", "max": 30');
    expect(accept('limit on the sum of args.amount')).toContain('"increment_from": "args.amount"');
  });
});

describe('words in use', () => {
  const rules = (counter: string, text = '""'): string =>
    `{ "tools": { "pay": { "limits": [{ "counter": ${counter}, "on_deny": ${text} }] },
    "get": { "deny_if": [{ "on_deny": "Ask finance." }], "limits": [{ "counter": "shared" }] } } }`;

  it('offers counters: new ones after the tool, then those in use', () => {
    expect(suggest(rules('"|"')).labels).toEqual(['pay_rate', 'pay_sum', 'shared']);
    expect(suggest(rules('"|"')).accept('shared')).toContain('"counter": "shared", "on_deny"');
  });

  it('offers what agents are told elsewhere', () => {
    expect(suggest(rules('"a"', '"|"')).labels).toEqual(['Ask finance.', 'Requires human approval.']);
    expect(suggest('{ "tools": { "a": { "require": [{ "on_deny": | }] } } }').labels).toEqual([
      'Requires human approval.',
    ]);
    expect(suggest('{ "tools": { "a": { "reason": | } } }').labels).toEqual(['Requires human approval.']);
  });

  it('offers windows: words for limits, seconds for rate limits', () => {
    expect(suggest('{ "all_tools": { "limits": [{ "window": | }] } }').labels).toContain('"day"');
    expect(suggest('{ "all_tools": { "limits": [{ "scope": | }] } }').labels).toContain('"server"');
    expect(suggest('{ "all_tools": { "rate_limit": { "window": | } } }').labels).toEqual(['60', '3600', '86400']);
  });
});
