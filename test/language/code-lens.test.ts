/** The lens at the top: server, tools, how current the list is. */
import { describe, expect, it } from 'vitest';
import { codeLenses } from '../../server/src/language/features/code-lens.ts';
import { NO_TOOLS } from '../../server/src/language/tools/known-tools.ts';
import { known, TOOLS, viewOf } from './support/view.ts';

const POLICY = viewOf('\n{ "version": "1", "default": "deny" }');

describe('the lens of a policy', () => {
  it('says server, number of tools and state, and refreshes on a click', () => {
    expect(codeLenses(POLICY, known(TOOLS), true)).toEqual([
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
        command: { title: 'files · 4 tools · live', command: 'portcullis.refreshTools', arguments: ['files'] },
      },
    ]);
  });

  it('says why a list is missing', () => {
    const { catalog: _, ...without } = known([]);
    const failed = { ...without, state: { state: 'failed', problem: 'The command was not found.' } } as const;
    expect(codeLenses(POLICY, failed, true)[0]?.command?.title).toBe(
      'files · not reachable: The command was not found.',
    );
  });

  it('does nothing on a click in an untrusted workspace, and says why', () => {
    const saved = { ...known(TOOLS.slice(0, 1)), state: { state: 'snapshot' } } as const;
    expect(codeLenses(POLICY, saved, false)[0]?.command).toEqual({
      title: 'files · 1 tool · saved list (workspace not trusted)',
      command: '',
    });
  });

  it('says that no server, or more than one, could be meant', () => {
    expect(codeLenses(POLICY, NO_TOOLS, true)[0]?.command?.title).toContain('No MCP server');
    expect(codeLenses(POLICY, { ...NO_TOOLS, serverNames: ['a', 'b'] }, true)[0]?.command?.title).toContain('Several');
  });

  it('shows a name that looks like an icon as text', () => {
    expect(codeLenses(POLICY, known(TOOLS, '$(verified) safe'), true)[0]?.command?.title).not.toContain('$(');
  });
});
