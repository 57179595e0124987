import { describe, expect, it } from 'vitest';
import { noFilter, Tools } from '../../../client/webview/builder/tools.ts';
import type { PolicyTool } from '../../../server/src/protocol/policyTools.ts';

describe('the tools of the builder page', () => {
  it('shows the most dangerous first, and last those that only the policy names', () => {
    expect(shown(known(tool('b', 'low'), tool('gone'), tool('c', 'critical'), tool('a', 'low')))).toEqual([
      ...['c', 'a', 'b', 'gone'],
    ]);
  });

  it.each([
    [{ ...noFilter, text: 'PAY money' }, ['pay']],
    [{ ...noFilter, text: 'default deny' }, ['read']],
    [{ ...noFilter, risk: 'critical' }, ['pay']],
    [{ ...noFilter, risk: 'none' }, ['gone']],
    [{ ...noFilter, state: 'hide' }, ['gone']],
    [{ ...noFilter, risk: 'critical', state: 'hide' }, []],
  ] as const)('filters by %j', (filter, names) => {
    const tools = known(
      tool('pay', 'critical', { description: 'Moves money.' }),
      tool('read', 'low', { state: 'deny', rule: '(default deny)' }),
      tool('gone', undefined, { state: 'hide' }),
    );
    tools.setFilter(filter);
    expect(shown(tools)).toEqual(names);
  });

  it('counts each word whatever the filter', () => {
    const tools = known(tool('a', 'low'), tool('b', 'low', { state: 'deny' }));
    tools.setFilter({ ...noFilter, text: 'nothing' });
    expect([...tools.count(({ state }) => state)]).toEqual([
      ['allow', 1],
      ['deny', 1],
    ]);
  });

  it('keeps the row of a tool of which nothing changed, so that it is not drawn again', () => {
    const tools = known(tool('a', 'low'), tool('b', 'low'));
    const [a, b] = [tools.at(0), tools.at(1)];
    tools.replace([tool('a', 'low'), tool('b', 'low', { state: 'deny' })]);
    expect(tools.at(0)).toBe(a);
    expect(tools.at(1)).not.toBe(b);
  });

  it('selects between two rows, whichever comes first, and all that are shown', () => {
    const tools = known(...['a', 'b', 'c', 'd'].map((name) => tool(name, 'low')));
    tools.selectBetween('c', 'b');
    expect(tools.selected).toEqual(['b', 'c']);
    tools.clearSelection();
    tools.setFilter({ ...noFilter, text: 'd' });
    tools.selectShown();
    tools.setFilter(noFilter);
    expect(tools.selected).toEqual(['d']);
  });

  it('says how many selected tools the filter leaves out, and forgets those that are gone', () => {
    const tools = known(tool('a', 'low'), tool('b', 'low'));
    tools.selectShown();
    tools.setFilter({ ...noFilter, text: 'a' });
    expect([tools.selected, tools.selectedUnseen]).toEqual([['a', 'b'], 1]);
    tools.replace([tool('a', 'low')]);
    expect([tools.selected, tools.selectedUnseen]).toEqual([['a'], 0]);
  });

  it('changes the selection by a key on one of it, and a single tool by a key elsewhere', () => {
    const tools = known(...['a', 'b', 'c'].map((name) => tool(name, 'low')));
    tools.selectBetween('a', 'b');
    expect(tools.targets('a')).toEqual(['a', 'b']);
    expect(tools.targets('c')).toEqual(['c']);
  });
});

function known(...list: PolicyTool[]): Tools {
  const tools = new Tools();
  tools.replace(list);
  return tools;
}

const shown = (tools: Tools): (string | undefined)[] =>
  Array.from({ length: tools.length }, (_, index) => tools.at(index)?.id);

function tool(
  name: string,
  level?: NonNullable<PolicyTool['risk']>['level'],
  change: Partial<PolicyTool> = {},
): PolicyTool {
  return {
    ...{ name, label: name, description: '', state: 'allow', standing: 'allowed', rule: '', rules: [], sentence: '' },
    ...(level && { risk: { level, category: 'Write', why: '' } }),
    ...change,
  };
}
