/** The lens at the top: server, tools, how current the list is. */
import type { CodeLens } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import { codeLenses } from '../../server/src/language/features/code-lens.ts';
import { NO_TOOLS } from '../../server/src/language/tools/known-tools.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../server/src/language/settings.ts';
import { languageMessages } from '../../server/src/protocol/language.ts';
import { connectClient } from './support/client.ts';
import { fakeRuntime } from './support/runtime.ts';
import { known, TOOLS, viewOf } from './support/view.ts';

const POLICY = viewOf('\n{ "version": "1", "default": "deny" }');
const OPTIONS = { trusted: true, show: DEFAULT_SETTINGS.lens, evaluateCommand: 'evaluate' };

describe('the lens of a policy', () => {
  it('says server, number of tools and state, and refreshes on a click', () => {
    expect(codeLenses(POLICY, known(TOOLS), OPTIONS)).toEqual([
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
        command: {
          title: 'files · 4 tools · 2 critical, 4 uncovered · live',
          command: 'portcullis.refreshTools',
          arguments: ['files'],
        },
      },
    ]);
  });

  it('says why a list is missing', () => {
    const { catalog: _, ...without } = known([]);
    const failed = { ...without, state: { state: 'failed', problem: 'The command was not found.' } } as const;
    expect(codeLenses(POLICY, failed, OPTIONS)[0]?.command?.title).toBe(
      'files · not reachable: The command was not found.',
    );
  });

  it('does nothing on a click in an untrusted workspace, and says why', () => {
    const saved = { ...known(TOOLS.slice(0, 1)), state: { state: 'snapshot' } } as const;
    expect(codeLenses(POLICY, saved, { ...OPTIONS, trusted: false })[0]?.command).toEqual({
      title: 'files · 1 tool · 1 uncovered · saved list (workspace not trusted)',
      command: '',
    });
  });

  it('says that no server, or more than one, could be meant', () => {
    expect(codeLenses(POLICY, NO_TOOLS, OPTIONS)[0]?.command?.title).toContain('No MCP server');
    expect(codeLenses(POLICY, { ...NO_TOOLS, serverNames: ['a', 'b'] }, OPTIONS)[0]?.command?.title).toContain(
      'Several',
    );
  });

  it('shows a name that looks like an icon as text', () => {
    expect(codeLenses(POLICY, known(TOOLS, '$(verified) safe'), OPTIONS)[0]?.command?.title).not.toContain('$(');
  });
});

const RULES = viewOf(`{ "version": "1", "default": "deny", "hide": ["delete_file"], "tools": {
  "transfer_funds": { "deny_if": [{ "path": "args.amount", "op": "gt", "value": 100 }] },
  "write_file": { "action": "deny" },
  "read_*": {} } }`);

const titles = (view = RULES, tools = known(TOOLS), options = OPTIONS): readonly (string | undefined)[] =>
  codeLenses(view, tools, options).map(({ command }) => command?.title);

describe('the lenses of entries', () => {
  it('say what is decided, and offer to try it; a pattern says what it matches', () => {
    expect(titles()).toEqual([
      'files · 4 tools · 2 critical · live',
      'allowed under conditions',
      'Evaluate',
      'denied',
      'Evaluate',
      'matches 1 tool',
    ]);
  });

  it('evaluate the tool under this policy', () => {
    expect(codeLenses(RULES, known(TOOLS), OPTIONS)[2]).toMatchObject({
      range: { start: { line: 1, character: 2 } },
      command: { command: 'evaluate', arguments: [RULES.uri, 'transfer_funds'] },
    });
  });

  it('say how often agents have run into the rule', () => {
    const tools = { ...known(TOOLS), denials: new Map([['write_file', 3]]) };
    expect(codeLenses(RULES, tools, OPTIONS)[3]?.command).toEqual({
      title: 'denied · 3 denied in the last day',
      command: 'portcullis.showAudit',
    });
  });

  it('can be switched off, one by one', () => {
    const show = (lens: object): typeof OPTIONS => ({ ...OPTIONS, show: readSettings({ portcullis: { lens } }).lens });
    expect(titles(RULES, known(TOOLS), show({ summary: false, decisions: false }))).toEqual(['Evaluate', 'Evaluate']);
    expect(titles(RULES, known(TOOLS), show({ decisions: false, evaluate: false }))).toHaveLength(1);
    expect(titles(RULES, known(TOOLS), show({ evaluate: 'no' }))).toHaveLength(6);
  });

  it('offer no evaluation in an editor that cannot, and no decision while the policy has errors', () => {
    const { evaluateCommand: _, ...plain } = OPTIONS;
    expect(codeLenses(RULES, known(TOOLS), plain).map(({ command }) => command?.title)).not.toContain('Evaluate');
    expect(titles(viewOf('{ "tools": { "write_file": { } '))).toEqual([
      'files · 4 tools · 2 critical · live',
      'Evaluate',
    ]);
  });
});

describe('over the protocol', () => {
  it('follows denials that the editor tells of, and the settings', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const { uri } = await client.open(RULES.text);
    await client.live();
    const shown = async (): Promise<readonly (string | undefined)[]> => {
      const found = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
      return found.map(({ command }) => command?.title);
    };
    const denials = [{ server: 'files', tool: 'write_file', count: 2 }];
    await client.connection.sendNotification(languageMessages.runtime, { trusted: true, tools: [], denials });
    expect(await shown()).toContain('denied · 2 denied in the last day');
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { portcullis: { lens: { decisions: false } } },
    });
    expect(await shown()).toEqual(['files · 4 tools · 2 critical · live']);
  });
});
