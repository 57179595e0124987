/** Excusing a finding: over the protocol from the finding to the text of portcullis.json, which then excuses it. */
import type { CodeAction, Range, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { excuseChanges } from '../../server/src/language/features/excuse.ts';
import { readPortcullis } from '../../server/src/mcp/hosts/portcullis.ts';
import { applyChanges } from '../../server/src/policy/index.ts';
import { languageMessages, type ExcuseTarget } from '../../server/src/protocol/language.ts';
import { connectClient, type TestClient } from './support/client.ts';
import { fakeRuntime, FOLDER, POLICY_URI } from './support/runtime.ts';
import { TOOLS } from './support/view.ts';

const POLICY = '{ "version": "1", "default": "deny", "tools": { "read_fil": {} } }';
const OPTIONS = { initialization: { trusted: true, excuseCommand: 'excuse' } };

async function excuseAction(client: TestClient): Promise<CodeAction | undefined> {
  const { range } = await unknownTool(client);
  const params = { textDocument: { uri: POLICY_URI }, range, context: { diagnostics: [] } };
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
  return actions.find(({ title }) => title.startsWith('Excuse'));
}

async function unknownTool(client: TestClient): Promise<{ readonly range: Range }> {
  await client.open(POLICY);
  const { diagnostics } = await client.published.until((told) =>
    told.diagnostics.some(({ code }) => code === 'unknown-tool'),
  );
  const found = diagnostics.find(({ code }) => code === 'unknown-tool');
  if (found === undefined) throw new Error('There is no such finding.');
  return found;
}

describe('the quick fix', () => {
  it('asks the editor for the reason, and what comes of it excuses the finding', async () => {
    const runtime = fakeRuntime(TOOLS);
    await using client = await connectClient(runtime, OPTIONS);
    const action = await excuseAction(client);
    expect(action).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'unknown-tool' }] });
    expect(action?.command?.command).toBe('excuse');
    const target = action?.command?.arguments?.[0] as ExcuseTarget;
    expect(target).toEqual({ policyUri: POLICY_URI, code: 'unknown-tool', at: '/tools/read_fil' });
    const params = { ...target, policy: 'policy.json', reason: 'It comes back.', text: '' };
    const { edits } = await client.connection.sendRequest<{ edits: TextEdit[] }>(languageMessages.excuseEdit, params);
    const text = TextDocument.applyEdits(TextDocument.create('', 'json', 0, ''), edits);
    runtime.configured = { ...runtime.configured, findings: readPortcullis(text, FOLDER).findings };
    await client.connection.sendRequest(languageMessages.refreshTools, { server: 'files' });
    const last = await client.published.until(({ diagnostics }) =>
      diagnostics.every(({ code }) => code !== 'unknown-tool'),
    );
    expect(last.diagnostics).toEqual([]);
  });

  it('is offered only where the editor can ask', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    expect(await excuseAction(client)).toBeUndefined();
  });
});

describe('portcullis.json', () => {
  const excuse = { policy: 'policy.json', code: 'unknown-tool', at: '/tools/x', reason: 'It comes back.' };
  const after = (text: string): string => {
    const excusing = excuseChanges(text, excuse);
    if (!excusing.ok) throw new Error(excusing.problem);
    return applyChanges(text, excusing.changes);
  };

  it('is made when there is none', () => {
    expect(JSON.parse(after(''))).toEqual({ excused: [excuse] });
  });

  it('keeps what stands in it, as it is laid out', () => {
    const text = '{\n    "rules": { "zero-limit": "off" }\n}\n';
    expect(after(text)).toBe(`{
    "rules": { "zero-limit": "off" },
    "excused": [{ "policy": "policy.json", "code": "unknown-tool", "at": "/tools/x", "reason": "It comes back." }]
}
`);
  });

  it('has one more where there are some', () => {
    const first = { ...excuse, at: '' };
    const text = `{ "excused": [${JSON.stringify(first)}] }`;
    expect(JSON.parse(after(text))).toEqual({ excused: [first, excuse] });
  });

  it.each([
    ['{ "excused": ', 'no valid JSON'],
    ['[]', 'no valid JSON'],
    ['{ "excused": {} }', 'no list'],
  ])('is left alone where it is broken: %s', (text, problem) => {
    expect(excuseChanges(text, excuse)).toEqual({ ok: false, problem: expect.stringContaining(problem) as string });
  });
});
