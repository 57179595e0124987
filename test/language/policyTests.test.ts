/** Policy tests in the editor: what is found, completed, explained and opened, with the policy and the tools that they name. */
import type { CodeAction, Diagnostic, DocumentLink, Hover, Location } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectClient, type OpenDocument, type TestClient } from './support/client.ts';
import { fakeRuntime, POLICY_URI, type FakeRuntime } from './support/runtime.ts';
import { TOOLS } from './support/view.ts';

const TEST_URI = 'file:///project/tests/notes.policy-test.json';

const POLICY = {
  version: '1',
  default: 'deny',
  hide: ['delete_*'],
  tools: {
    read_file: {},
    transfer_funds: { deny_if: [{ path: 'args.amount', op: 'gt', value: 100 }] },
    write_file: { action: 'require_approval' },
  },
};

/** A test of one case; its parts are JSON text, so that a `|` can mark a place in them. */
const testOf = (call: string, expectation = '{ "decision": "deny" }', head = ''): string =>
  `{ "policy": "../policy.json", ${head}"cases": [{ "name": "a", "call": ${call}, "expect": ${expectation} }] }`;

let client: TestClient;
let runtime: FakeRuntime;

beforeEach(async () => {
  runtime = fakeRuntime(TOOLS);
  runtime.files.set('/project/policy.json', JSON.stringify(POLICY));
  runtime.files.set('/project/tests/tools.json', JSON.stringify({ tools: TOOLS.slice(0, 2) }));
  client = await connectClient(runtime, { capabilities: { textDocument: { diagnostic: {} } } });
});
afterEach(async () => await client[Symbol.asyncDispose]());

/** Opens a policy test; returns when the configuration is read and, where the test needs them, the tools of its policy's server are. */
async function open(text: string): Promise<OpenDocument> {
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: TEST_URI } });
  const document = await client.open(text, { uri: TEST_URI, languageId: 'mcp-policy-test' });
  await client.servers.until(() => true);
  await client.pull(TEST_URI);
  if (text.includes('"../policy.json"') && !text.includes('"tools": "')) await client.live();
  return document;
}

async function found(text: string): Promise<readonly string[]> {
  await open(text);
  return (await client.pull(TEST_URI)).map(({ code, message }) => `${code}: ${textOf(message)}`);
}

const textOf = (message: Diagnostic['message']): string => (typeof message === 'string' ? message : message.value);

describe('findings in a policy test', () => {
  it('are none where all is well', async () => {
    const call = '{ "tool": "transfer_funds", "arguments": { "amount": 500 } }';
    const rule = '{ "decision": "deny", "rule": "/tools/transfer_funds/deny_if/args.amount-gt" }';
    expect(await found(testOf(call, rule))).toEqual([]);
  });

  it('name words that the schema does not know', async () => {
    expect(await found(testOf('{ "tol": "read_file" }'))).toEqual([
      expect.stringContaining('missing-key'),
      expect.stringContaining('unknown-key'),
    ]);
  });

  it('name a policy that cannot be read, and one that is none', async () => {
    expect(await found('{ "policy": "../polcy.json", "cases": [] }')).toEqual([
      'test-policy: No case can be run. There is no such file, or it cannot be read.',
    ]);
    runtime.files.set('/project/policy.json', '{ "version": "1" }');
    expect(await found('{ "policy": "../policy.json", "cases": [] }')).toEqual([
      expect.stringMatching(/^test-policy: No case can be run. It is no valid policy: .*default/),
    ]);
  });

  it('never look for a policy on another computer', async () => {
    const asked: string[] = [];
    const { readFile } = runtime;
    runtime.readFile = (file) => (asked.push(file), readFile(file));
    expect(await found('{ "policy": "//elsewhere/share/policy.json", "cases": [] }')).toEqual([
      expect.stringContaining('test-policy'),
    ]);
    expect(asked).toEqual([]);
  });

  it('name a tool that the server does not list, with the one that was meant', async () => {
    expect(await found(testOf('{ "tool": "read_fil" }', '{ "decision": "allow" }'))).toContain(
      'test-tool: The server does not list "read_fil". Did you mean "read_file"?',
    );
  });

  it('take the list that the test names', async () => {
    const head = '"tools": "tools.json", ';
    const call = '{ "tool": "transfer_funds", "arguments": { "amount": 5 } }';
    const findings = await found(testOf(call, '{ "decision": "allow" }', head));
    expect(findings).toContainEqual(expect.stringContaining('denied as an unknown tool'));
    expect(findings).toContainEqual(expect.stringMatching(/^test-expectation/));
    const expected = '{ "decision": "deny", "rule": "(unknown tool)" }';
    expect(await found(testOf(call, expected, head))).toEqual([]);
    expect(await found(testOf(call, expected, '"tools": "none.json", '))).toContainEqual(
      expect.stringMatching(/^test-tools: No case can be run/),
    );
  });

  it('name arguments that the schema forbids', async () => {
    const call =
      '{ "tool": "read_file", "arguments": { "pth": "a", "encoding": "utf9", "line range": [{ "from": "1" }] } }';
    expect(await found(testOf(call, '{ "decision": "allow" }'))).toEqual([
      'test-argument: Tool "read_file" has no argument "pth"; it has "path", "encoding" and "line range". Did you mean "path"?',
      'test-argument: args.encoding of tool "read_file" takes only "utf8" and "latin1".',
      'test-argument: args["line range"][0].from of tool "read_file" is integer, and this value is a string.',
      'test-argument: Tool "read_file" requires "path".',
    ]);
  });

  it('only inform of a malformed call that is to be denied: agents send such calls', async () => {
    await open(testOf('{ "tool": "transfer_funds", "arguments": { "amount": "500" } }'));
    expect((await client.pull(TEST_URI)).map(({ severity }) => severity)).toEqual([3]);
  });

  it.each([
    [
      'a rule that is misspelt',
      '{ "decision": "deny", "rule": "/tools/transfer_funds/deny_if/args.amout-gt" }',
      'Did you mean "/tools/transfer_funds/deny_if/args.amount-gt"?',
    ],
    ['a rule of another tool', '{ "decision": "deny", "rule": "/tools/read_file" }', 'decides no call of'],
    ['a name that the log does not use', '{ "decision": "deny", "rule": "/default" }', 'is a rule of the policy'],
    [
      'a decision that no call can end in',
      '{ "decision": "needs_approval" }',
      'No call of "transfer_funds" can end so',
    ],
    [
      'a rule that ends otherwise',
      '{ "decision": "allow", "rule": "/tools/transfer_funds/deny_if/args.amount-gt" }',
      'This rule always ends in "deny"',
    ],
  ])('name %s', async (_, expectation, words) => {
    const call = '{ "tool": "transfer_funds", "arguments": { "amount": 500 } }';
    const [only, ...others] = await found(testOf(call, expectation));
    expect(only).toContain(words);
    expect(only).toContain('This case fails.');
    expect(others).toEqual([]);
  });

  it('come again when the policy changes in the editor', async () => {
    const call = '{ "tool": "read_file", "arguments": { "path": "a" } }';
    expect(await found(testOf(call, '{ "decision": "allow" }'))).toEqual([]);
    await client.open(JSON.stringify({ ...POLICY, hide: ['*'] }), { uri: POLICY_URI });
    expect((await client.pull(TEST_URI)).map(({ code }) => code)).toEqual(['test-expectation']);
  });

  it('are pushed to editors that do not ask, also when the policy changes', async () => {
    await using pushed = await connectClient(runtime);
    const call = '{ "tool": "read_file", "arguments": { "path": "a" } }';
    await pushed.open(testOf(call, '{ "decision": "allow" }'), { uri: TEST_URI, languageId: 'json' });
    await pushed.published.until(({ uri, diagnostics }) => uri === TEST_URI && diagnostics.length === 0);
    await pushed.open(JSON.stringify({ ...POLICY, hide: ['*'] }), { uri: POLICY_URI });
    const told = await pushed.published.until(({ uri, diagnostics }) => uri === TEST_URI && diagnostics.length > 0);
    expect(told.diagnostics.map(({ code }) => code)).toEqual(['test-expectation']);
  });

  it('are mended by a quick fix', async () => {
    const text = testOf('{ "tool": "read_fil", "arguments": { "path": "a" } }', '{ "decision": "allow" }');
    await open(text);
    const [finding] = await client.pull(TEST_URI);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: TEST_URI },
      range: finding?.range,
      context: { diagnostics: [], only: ['quickfix'] },
    });
    const edits = Object.values(actions.find(({ isPreferred }) => isPreferred)?.edit?.changes ?? {}).flat();
    const mended = TextDocument.applyEdits(TextDocument.create('', 'json', 0, text), edits);
    expect(mended).toBe(text.replace('read_fil"', 'read_file"'));
  });
});

describe('completion in a policy test', () => {
  const suggested = async (text: string): Promise<readonly string[]> => await client.complete(await open(text));

  it.each([
    ['keys', '{ | }', ['$schema', 'policy', 'tools', 'cases']],
    ['policies of the workspace', '{ "policy": | }', ['../policy.json']],
    ['keys of a call', testOf('{ "tool": "read_file", | }'), expect.arrayContaining(['arguments', 'at'])],
    ['tools', testOf('{ "tool": "|" }'), ['read_file', 'write_file', 'delete_file', 'transfer_funds']],
    ['arguments', testOf('{ "tool": "transfer_funds", "arguments": { | } }'), ['amount', 'currency']],
    ['values', testOf('{ "tool": "read_file", "arguments": { "encoding": | } }'), ['"utf8"', '"latin1"']],
    ['decisions', testOf('{ "tool": "read_file" }', '{ "decision": | }'), ['"allow"', '"deny"', '"needs_approval"']],
    [
      'rules that can decide the call',
      testOf('{ "tool": "transfer_funds" }', '{ "decision": "deny", "rule": "|" }'),
      ['/tools/transfer_funds/deny_if/args.amount-gt', '""'],
    ],
    ['the rule of a hidden tool', testOf('{ "tool": "delete_file" }', '{ "rule": "|" }'), ['(hidden)']],
    ['a whole case', '{ "policy": "../policy.json", "cases": [ | ] }', ['case']],
  ])('offers %s', async (_, text, labels) => {
    expect(await suggested(text)).toEqual(labels);
  });

  it('offers the names in the policy where no list is known', async () => {
    runtime.answer = () => Promise.reject(new Error('down'));
    await using offline = await connectClient(runtime);
    const at = await offline.open(testOf('{ "tool": "|" }'), { uri: TEST_URI, languageId: 'json' });
    expect(await offline.complete(at)).toEqual(['read_file', 'transfer_funds', 'write_file']);
  });
});

describe('what a policy test means', () => {
  const at = ({ uri, position }: OpenDocument): object => ({ textDocument: { uri }, position });

  it.each([
    ['a tool', testOf('{ "tool": "transfer_|funds" }'), 'Transfers money to an account.'],
    ['an argument', testOf('{ "tool": "transfer_funds", "arguments": { "amo|unt": 5 } }'), 'number, required'],
    ['a decision', testOf('{ "tool": "write_file" }', '{ "decision": "de|ny" }'), '/tools/write_file/approval'],
    [
      'a rule',
      testOf('{ "tool": "transfer_funds" }', '{ "rule": "/tools/transfer_funds/deny_if/|args.amount-gt" }'),
      '"op":"gt"',
    ],
    ['the policy', '{ "policy": "../pol|icy.json", "cases": [] }', 'A policy with 6 rules'],
    ['a key', '{ "policy": "../policy.json", "cas|es": [] }', 'The cases, in the order in which they run.'],
  ])('is said of %s', async (_, text, words) => {
    const hover = await client.connection.sendRequest<Hover>('textDocument/hover', at(await open(text)));
    expect((hover.contents as { value: string }).value).toContain(words);
  });

  it('leads from a rule to where it stands in the policy', async () => {
    const rule = '{ "decision": "deny", "rule": "/tools/transfer_funds/deny_if/|args.amount-gt" }';
    const document = await open(testOf('{ "tool": "transfer_funds" }', rule));
    const place = await client.connection.sendRequest<Location>('textDocument/definition', at(document));
    const text = TextDocument.create('', 'json', 0, JSON.stringify(POLICY)).getText(place.range);
    expect({ uri: place.uri, text }).toEqual({ uri: POLICY_URI, text: '{"path":"args.amount","op":"gt","value":100}' });
  });

  it('leads to the files that the test names', async () => {
    await open('{ "policy": "../policy.json", "tools": "tools.json", "cases": [] }');
    const links = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri: TEST_URI },
    });
    expect(links.map(({ target }) => target)).toEqual([POLICY_URI, 'file:///project/tests/tools.json']);
  });

  it('has an outline of its cases, folds and is formatted', async () => {
    const uri = TEST_URI;
    await open(
      '{ "policy": "../policy.json",\n"cases": [{\n"name": "A", "call": { "tool": "t" }, "expect": {"decision": "deny"} }] }',
    );
    const ask = async <T>(method: string, more = {}): Promise<T> =>
      await client.connection.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri }, ...more });
    expect(await ask('documentSymbol')).toMatchObject([{ name: 'A', detail: 't → deny' }]);
    expect(await ask('foldingRange')).not.toEqual([]);
    expect(await ask('formatting', { options: { tabSize: 2, insertSpaces: true } })).not.toEqual([]);
  });
});
