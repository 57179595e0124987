/** From a name to where it is defined, spoken of and shown; over the protocol where several documents take part. */
import { Range, type Location, type WorkspaceEdit, type WorkspaceSymbol } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { documentLinks } from '../../server/src/language/features/document-links.ts';
import { inlayHints } from '../../server/src/language/features/inlay-hints.ts';
import { LEGEND, semanticTokens } from '../../server/src/language/features/semantic-tokens.ts';
import { compilePolicy } from '../../server/src/policy/index.ts';
import { languageMessages } from '../../server/src/protocol/language.ts';
import { connectClient, type TestClient } from './support/client.ts';
import { fakeRuntime, FOLDER, type FakeRuntime } from './support/runtime.ts';
import { known, TOOLS, viewOf } from './support/view.ts';

const POLICY = `{ "version": "1", "default": "deny", "server": "files", "hide": ["delete_*"], "tools": {
  "transfer_funds": {
    "deny_if": [{ "id": "much", "path": "args.amount", "op": "gt", "value": 100 }],
    "limits": [{ "counter": "sum", "window": "day", "max": 5 }, { "counter": "sum", "window": "month", "max": 9 }] },
  "write_file": { "limits": [{ "counter": "sum", "window": "day", "max": 5 }] } } }`;

const OTHER = `{ "version": "1", "default": "deny", "hide": ["transfer_funds"], "tools": { "transfer_*": {} } }`;

const TEST = `{ "policy": "policy.json", "cases": [
  { "name": "a", "call": { "tool": "transfer_funds" }, "expect": { "decision": "deny", "rule": "/tools/transfer_funds/deny_if/much" } },
  { "name": "b", "call": { "tool": "transfer_funds" }, "expect": { "decision": "deny", "rule": "/tools/transfer_funds/limits/sum" } },
  { "name": "c", "call": { "tool": "read_file" }, "expect": { "decision": "deny", "rule": "(default deny)" } }] }`;

function runtimeWithFiles(): FakeRuntime {
  const runtime = fakeRuntime(TOOLS);
  runtime.files.set(`${FOLDER}/other.policy.json`, OTHER).set(`${FOLDER}/rules.policy-test.json`, TEST);
  runtime.configured = {
    ...runtime.configured,
    policies: [{ path: `${FOLDER}/policy.json` }, { path: `${FOLDER}/other.policy.json` }],
    tests: [`${FOLDER}/rules.policy-test.json`],
  };
  return runtime;
}

const TEXTS: Readonly<Record<string, string>> = {
  'policy.json': POLICY,
  'other.policy.json': OTHER,
  'rules.policy-test.json': TEST,
};

const nameOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

/** `file: text` of each place. */
function shown(places: readonly Location[]): readonly string[] {
  return places.map(({ uri, range }) => {
    const text = TEXTS[nameOf(uri)] ?? '';
    return `${nameOf(uri)}: ${TextDocument.create(uri, 'json', 1, text).getText(range)}`;
  });
}

async function ask<T>(client: TestClient, method: string, marker: string, more: object = {}): Promise<T> {
  const { uri, position } = await client.open(POLICY.replace(marker.replace('|', ''), marker));
  await client.live();
  return await client.connection.sendRequest<T>(method, { textDocument: { uri }, position, ...more });
}

describe('between documents', () => {
  it.each([
    ['"path": "args.am|ount"', '/tools/transfer_funds/deny_if/much'],
    ['"window": "mo|nth"', '/tools/transfer_funds/limits/sum'],
    ['"default": "de|ny"', '(default deny)'],
  ])('finds the cases that expect the rule around %s', async (marker, rule) => {
    await using client = await connectClient(runtimeWithFiles());
    const found = await ask<Location[]>(client, 'textDocument/references', marker);
    expect(shown(found)).toEqual([`rules.policy-test.json: "${rule}"`]);
  });

  it('finds a tool in every policy and test, patterns that match it included', async () => {
    await using client = await connectClient(runtimeWithFiles());
    const found = await ask<Location[]>(client, 'textDocument/references', '"transfer_|funds": {');
    expect(shown(found)).toEqual([
      'policy.json: "transfer_funds"',
      'other.policy.json: "transfer_funds"',
      'other.policy.json: "transfer_*"',
      'rules.policy-test.json: "transfer_funds"',
      'rules.policy-test.json: "transfer_funds"',
    ]);
  });

  it('finds a counter in its own ruleset, and the rule it is called by in tests', async () => {
    await using client = await connectClient(runtimeWithFiles());
    const found = await ask<Location[]>(client, 'textDocument/references', '"su|m", "window": "month"');
    expect(shown(found)).toEqual([
      'policy.json: "sum"',
      'policy.json: "sum"',
      'rules.policy-test.json: "/tools/transfer_funds/limits/sum"',
    ]);
  });

  it('leads from a tool to what its server says of it, with hidden characters made visible', async () => {
    const tools = [{ name: 'transfer_funds', description: 'Moves money.\u202e', inputSchema: { type: 'object' } }];
    const runtime = { ...runtimeWithFiles(), answer: () => Promise.resolve(tools) };
    runtime.listTools = (server) => Promise.resolve({ server: server.name, tools, readAt: 1, source: 'live' });
    await using client = await connectClient(runtime, { initialization: { trusted: true, showsTools: true } });
    const [tool] = await ask<Location[]>(client, 'textDocument/definition', '"transfer_|funds": {');
    expect(tool?.uri).toMatch(/^portcullis-tool:\/transfer_funds\.json\?/);
    const text = await client.connection.sendRequest<string>(languageMessages.toolDocument, { uri: tool?.uri });
    expect(text).toContain('"description": "Moves money.\\u{202E}"');
    expect(await client.connection.sendRequest(languageMessages.toolDocument, { uri: 'portcullis-tool:/x?[' })).toBe(
      null,
    );
  });

  it('names entries of all policies', async () => {
    await using client = await connectClient(runtimeWithFiles());
    await client.open(POLICY);
    await client.live();
    const found = await client.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query: 'TRANSFER' });
    expect(found.map(({ name, containerName }) => `${containerName} ${name}`)).toEqual([
      'policy.json transfer_funds',
      'other.policy.json transfer_funds',
      'other.policy.json transfer_*',
    ]);
  });
});

describe('renaming', () => {
  function apply(edit: WorkspaceEdit): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(edit.changes ?? {}).map(([uri, edits]) => {
        const document = TextDocument.create(uri, 'json', 1, TEXTS[nameOf(uri)] ?? '');
        return [nameOf(uri), TextDocument.applyEdits(document, edits)];
      }),
    );
  }

  it('changes a counter in its ruleset and in the tests that expect its rule', async () => {
    await using client = await connectClient(runtimeWithFiles());
    const edit = await ask<WorkspaceEdit>(client, 'textDocument/rename', '"su|m", "window": "month"', {
      newName: 'a/"b',
    });
    const changed = apply(edit);
    expect(changed['policy.json']?.match(/"counter": "[^,]*(?=,)/g)).toEqual([
      '"counter": "a/\\"b"',
      '"counter": "a/\\"b"',
      '"counter": "sum"',
    ]);
    expect(changed['rules.policy-test.json']).toContain('"/tools/transfer_funds/limits/a~1\\"b"');
    expect(compilePolicy(changed['policy.json'] ?? '').ok).toBe(true);
  });

  it('changes an id', async () => {
    await using client = await connectClient(runtimeWithFiles());
    const changed = apply(await ask<WorkspaceEdit>(client, 'textDocument/rename', '"mu|ch"', { newName: 'large' }));
    expect(changed['policy.json']).toContain('"id": "large"');
    expect(changed['rules.policy-test.json']).toContain('deny_if/large');
  });

  it('says what can be renamed, and refuses the rest in words', async () => {
    await using client = await connectClient(runtimeWithFiles());
    expect(await ask(client, 'textDocument/prepareRename', '"mu|ch"')).toMatchObject({ placeholder: 'much' });
    await expect(ask(client, 'textDocument/rename', '"mu|ch"', { newName: '' })).rejects.toThrow('1 to 256');
    await expect(ask(client, 'textDocument/rename', '"transfer_|funds": {', { newName: 'x' })).rejects.toThrow('Only');
  });
});

describe('in one document', () => {
  it('links the server to the file that defines it', () => {
    const links = documentLinks(viewOf(POLICY), (server) => (server === 'files' ? '/project/.mcp.json' : undefined));
    expect(links.map(({ target }) => target)).toEqual(['file:///project/.mcp.json']);
    expect(documentLinks(viewOf(POLICY), () => undefined)).toEqual([]);
  });

  it('colours tools by their risk, and leaves patterns and unknown tools alone', () => {
    const view = viewOf(
      '{ "hide": ["delete_file", "gone", "read_*"], "tools": { "read_file": {},\n "transfer_funds": {} } }',
    );
    const { data } = semanticTokens(view, known(TOOLS));
    const rows = Array.from({ length: data.length / 5 }, (_, row) => data.slice(row * 5, row * 5 + 5));
    expect(
      rows.map(([line, , length, , modifiers = 0]) => [line, length, LEGEND.tokenModifiers[Math.log2(modifiers)]]),
    ).toEqual([
      [0, 13, 'critical'],
      [0, 11, 'low'],
      [1, 16, 'critical'],
    ]);
  });

  it('hints at risk and, where wanted, the decision', () => {
    const view = viewOf('{ "version": "1", "default": "deny", "tools": { "read_file": {}, "*_f*": {}, "gone": {} } }');
    const everything = Range.create(0, 0, 9, 0);
    const labels = (show: { risk: boolean; decisions: boolean }): readonly unknown[] =>
      inlayHints(view, everything, known(TOOLS), show).map(({ label }) => label);
    expect(labels({ risk: true, decisions: false })).toEqual(['○ low', expect.stringMatching(/^up to ● critical/)]);
    expect(labels({ risk: true, decisions: true })).toEqual(['○ low · allowed', expect.anything(), 'allowed']);
    expect(labels({ risk: false, decisions: false })).toEqual([]);
    expect(inlayHints(view, Range.create(0, 0, 0, 10), known(TOOLS), { risk: true, decisions: true })).toEqual([]);
  });
});
