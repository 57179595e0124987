/** The policy builder's side of the language server: what it says of each tool, and that a change of state touches nothing else. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { changePolicy, type StateChange } from '../../server/src/language/builder/change.ts';
import { policyTools } from '../../server/src/language/builder/tools.ts';
import { compilePolicy } from '../../server/src/policy/index.ts';
import { languageMessages } from '../../server/src/protocol/language.ts';
import type { PolicyFormResult } from '../../server/src/protocol/policyForms.ts';
import type {
  PolicyChange,
  PolicyChangeResult,
  PolicyTool,
  PolicyToolsResult,
  ToolState,
} from '../../server/src/protocol/policyTools.ts';
import { connectClient } from './support/client.ts';
import { fakeRuntime, POLICY_URI } from './support/runtime.ts';
import { known, viewOf } from './support/view.ts';

const TOOLS = ['read', 'write', 'pay', 'list', 'admin_a', 'admin_b', 'drop', 'new'].map((name) => ({ name }));

/** Laid out as nobody would: what is not touched must stay so. */
const POLICY = `{ "version": "1",
  "default":   "deny",
  "hide": [ "drop",  "admin_*" ],
  "all_tools": { "limits": [ { "counter": "calls", "window": "minute", "max": 60 } ] },
    "tools": {
    "read":  {},
    "write": { "reason": "Ask first.",   "limits": [{ "counter": "writes", "window": "day", "max": 5 }] },
    "pay": { "action": "require_approval", "approval": { "timeout": 60 } },
      "list": { "action":  "deny" }
  }
}
`;

function rows(text: string): readonly PolicyTool[] {
  const result = policyTools(viewOf(text), known(TOOLS));
  if (result.kind !== 'policy') throw new Error(result.problem);
  return result.tools;
}

const states = (text: string): Readonly<Record<string, ToolState>> =>
  Object.fromEntries(rows(text).map(({ name, state }) => [name, state]));

function changed(change: StateChange, text = POLICY): NonNullable<ReturnType<typeof changePolicy>> {
  const compiled = compilePolicy(text);
  const made = compiled.ok ? changePolicy(compiled.policy, change) : undefined;
  if (made === undefined) throw new Error('no change');
  return made;
}

const set = (state: ToolState, ...tools: string[]): ReturnType<typeof changed> =>
  changed({ kind: 'state', tools, state });

describe('the tools of a policy', () => {
  it('are, of equal names, the first, as everywhere in the editor', () => {
    const twins = [...TOOLS, { name: 'read', description: 'Not the one that is judged.' }];
    const result = policyTools(viewOf(POLICY), known(twins));
    expect(result).toMatchObject({
      tools: expect.arrayContaining([expect.objectContaining({ name: 'read', description: '' })]) as unknown,
    });
  });

  it('have the state that a person would name, whatever brought it about', () => {
    expect(states(POLICY)).toEqual({
      ...{ read: 'allow', write: 'custom', pay: 'approve', list: 'deny' },
      ...{ admin_a: 'hide', admin_b: 'hide', drop: 'hide', new: 'deny' },
    });
  });

  it('come with the rule that decides, the limits that count, and the risk', () => {
    const [read, write] = rows(POLICY);
    expect(read).toMatchObject({ standing: 'conditional', rule: '', risk: { level: 'low', category: 'Read' } });
    expect(write?.rules).toEqual([expect.stringContaining('5'), expect.stringContaining('60')]);
    expect(rows(POLICY).find(({ name }) => name === 'new')).toMatchObject({ rule: '(default deny)' });
  });

  it('are also those that only the policy names', () => {
    const gone = rows(POLICY.replace('"read"', '"gone"')).find(({ name }) => name === 'gone');
    expect(gone).toMatchObject({ state: 'allow' });
    expect(gone?.risk).toBeUndefined();
  });

  it('say nothing that a server hides in a name or description', () => {
    const hostile = { name: 'pay\u202E', description: `line\nbreak\u200B${'x'.repeat(1_000)}` };
    const result = policyTools(viewOf(POLICY), known([hostile]));
    const row = result.kind === 'policy' ? result.tools[0] : undefined;
    expect(row).toMatchObject({ name: hostile.name, label: 'pay\\u{202E}' });
    expect(row?.description).toMatch(/^line\\u\{A\}break\\u\{200B\}x+…$/);
  });

  it('are not made up for a text that is no policy: the problem and its place are', () => {
    const result = policyTools(viewOf('{\n  "version": "1", "default": "deny",\n  "tolos": {}\n}'), known(TOOLS));
    expect(result).toMatchObject({ kind: 'invalid', range: { start: { line: 2 } } });
    expect(result.problem).toContain('tolos');
  });
});

describe('a change of state', () => {
  it.each<[ToolState, string, string, string]>([
    ['deny', 'read', '"read":  {}', '"read":  { "action": "deny" }'],
    ['allow', 'list', '"list": { "action":  "deny" }', '"list": {}'],
    ['approve', 'list', '"action":  "deny"', '"action":  "require_approval"'],
    ['allow', 'pay', '"pay": { "action": "require_approval", "approval": { "timeout": 60 } }', '"pay": {}'],
    ['hide', 'write', '"drop",  "admin_*" ]', '"drop",  "admin_*", "write" ]'],
    ['allow', 'new', '"action":  "deny" }\n', '"action":  "deny" },\n      "new": {}\n'],
  ])('to %s of %s leaves every other byte alone', (state, tool, before, after) => {
    const { text, changed: count } = set(state, tool);
    expect(text).toBe(POLICY.replace(before, after));
    expect(states(text)[tool]).toBe(state);
    expect(count).toBe(1);
  });

  it('takes a tool out of hide only where it stands by name', () => {
    const { text, kept } = set('allow', 'drop', 'admin_a');
    expect(states(text)).toMatchObject({ drop: 'allow', admin_a: 'hide' });
    expect(text).toContain('"hide": [ "admin_*" ]');
    expect(text).not.toContain('"admin_a"');
    expect(kept).toEqual([{ label: 'admin_a', sentence: 'The policy hides this tool.' }]);
  });

  it('keeps conditions and limits, and says so', () => {
    const { text, conditional } = set('allow', ...['write', 'list']);
    expect(conditional).toBe(1);
    expect(text).toContain('"write": { "reason": "Ask first.",   "limits"');
    expect(states(set('deny', 'write').text)['write']).toBe('deny');
    expect(set('deny', 'write').text).toContain('"max": 5 }]');
  });

  it('takes away the entry of a hidden tool only where it says no more than an action', () => {
    expect(set('hide', 'list', 'pay', 'write').text).toBe(
      POLICY.replace('"admin_*" ]', '"admin_*", "list", "pay", "write" ]').replace(
        /,\n {6}"list": \{ "action": {2}"deny" \}/,
        '',
      ),
    );
  });

  it('writes the word "allow" only where a pattern says otherwise', () => {
    const pattern = POLICY.replace('"read":  {}', '"re*": { "action": "deny" }');
    expect(changed({ kind: 'state', tools: ['read'], state: 'allow' }, pattern).text).toContain(
      '"read": { "action": "allow" }',
    );
  });

  it('begins an entry that decides nothing yet, for rules written by hand', () => {
    const { text, place } = set('custom', 'new');
    expect(text).toContain('"new": { "action": "deny" }');
    expect(text.slice(place?.start, place?.end)).toBe('"new"');
    expect(set('custom', 'write').changes).toEqual([]);
    const hidden = set('custom', 'admin_a');
    expect(hidden.changes).toEqual([]);
    expect(POLICY.slice(hidden.place?.start, hidden.place?.end)).toBe('"admin_*"');
  });

  it('changes the default alone', () => {
    expect(changed({ kind: 'default', value: 'allow' }).text).toBe(POLICY.replace('"deny",', '"allow",'));
  });

  it('is made for hundreds of tools at once, and is one thing to undo', () => {
    const many = Array.from({ length: 734 }, (_, index) => `tool_${index}`);
    for (const state of ['allow', 'deny', 'hide', 'approve'] as const) {
      const { text } = changed({ kind: 'state', tools: many, state });
      const compiled = compilePolicy(text);
      if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems[0]));
      const all = policyTools(viewOf(text), known(many.map((name) => ({ name }))));
      if (all.kind !== 'policy') throw new Error(all.problem);
      expect(new Set(all.tools.slice(0, 734).map((tool) => tool.state))).toEqual(new Set([state]));
    }
  });
});

describe('the requests', () => {
  it('list the tools of a policy that no editor has open yet, and edit the text that was given', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const ask = (): Promise<PolicyToolsResult> =>
      client.connection.sendRequest(languageMessages.policyTools, { uri: POLICY_URI, text: POLICY });
    await ask();
    await client.live();
    expect(await ask()).toMatchObject({ server: 'files', list: 'live', default: 'deny' });
    const change: PolicyChange = { kind: 'state', tools: ['read', 'new'], state: 'hide' };
    const params = { uri: POLICY_URI, text: POLICY, change };
    const result = await client.connection.sendRequest<PolicyChangeResult>(languageMessages.policyChange, params);
    const document = TextDocument.create(POLICY_URI, 'json', 0, POLICY);
    const text = TextDocument.applyEdits(document, [...(result?.edits ?? [])]);
    expect(states(text)).toMatchObject({ read: 'hide', new: 'hide', write: 'custom' });
    expect(result?.changed).toBe(2);
  });

  it('change nothing in a text that is no policy', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const params = { uri: POLICY_URI, text: '{', change: { kind: 'default', value: 'allow' } };
    expect(await client.connection.sendRequest(languageMessages.policyChange, params)).toBeNull();
  });
});

describe('the requests of forms', () => {
  const owner = { kind: 'entry', key: 'write' } as const;

  it('read the rules of one key, find the key at a place, and edit the text that was given', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const document = { uri: POLICY_URI, text: POLICY };
    const form = await client.connection.sendRequest<PolicyFormResult>(languageMessages.policyForm, {
      ...document,
      owner,
    });
    expect(form).toMatchObject({ label: 'write', isWritten: true, range: { start: { line: 6 } } });
    const position = { line: 6, character: 60 };
    expect(await client.connection.sendRequest(languageMessages.policyPlace, { ...document, position })).toEqual(owner);
    const change: PolicyChange = { kind: 'rule', owner, edit: { kind: 'set', path: ['limits', 0, 'max'], json: '7' } };
    const result = await client.connection.sendRequest<PolicyChangeResult>(languageMessages.policyChange, {
      ...document,
      change,
    });
    const text = TextDocument.applyEdits(TextDocument.create(POLICY_URI, 'json', 0, POLICY), [
      ...(result?.edits ?? []),
    ]);
    expect(text).toBe(POLICY.replace('"max": 5', '"max": 7'));
  });

  it('tell why a value is not written, and say nothing of a text that is no policy', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const change: PolicyChange = { kind: 'rule', owner, edit: { kind: 'set', path: ['limits', 0, 'max'], json: '-1' } };
    const params = { uri: POLICY_URI, text: POLICY, change };
    const result = await client.connection.sendRequest<PolicyChangeResult>(languageMessages.policyChange, params);
    expect(result?.edits).toEqual([]);
    expect(result?.problem).toContain('"max"');
    expect(
      await client.connection.sendRequest(languageMessages.policyForm, { ...params, text: '{', owner }),
    ).toBeNull();
  });
});
