/** Trying a call out: a call to begin with, its completion, the decision with its trace. */
import { MarkupKind } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { TextView } from '../../server/src/language/document/text-view.ts';
import { callTemplate } from '../../server/src/language/features/call-template.ts';
import { completeCall } from '../../server/src/language/features/complete-call.ts';
import { evaluate } from '../../server/src/language/features/evaluate.ts';
import { CALL_SCHEMA } from '../../server/src/language/schema/document-schema.ts';
import { languageMessages } from '../../server/src/protocol/language.ts';
import { connectClient } from './support/client.ts';
import { marked } from './support/marker.ts';
import { fakeRuntime, POLICY_URI } from './support/runtime.ts';
import { known, TOOLS, viewOf } from './support/view.ts';

const POLICY = viewOf(`{ "version": "1", "default": "deny", "tools": {
  "transfer_funds": { "deny_if": [{ "path": "args.amount", "op": "gt", "value": 100 }] },
  "read_file": { "require": [{ "path": "args.encoding", "op": "in", "value": ["utf8"] }] } } }`);

describe('a call to begin with', () => {
  it('has what the schema demands, and what the policy asks about', () => {
    expect(JSON.parse(callTemplate('read_file', known(TOOLS), POLICY.policy))).toEqual({
      tool: 'read_file',
      arguments: { path: '', encoding: 'utf8' },
    });
  });

  it('goes into objects, and ends in a schema that contains itself', () => {
    const loop = { type: 'object', required: ['self'], properties: { self: { $ref: '#' } } };
    const tools = known([{ name: 'loop', inputSchema: loop }]);
    expect(callTemplate('loop', tools, undefined)).toContain('"self": {');
  });

  it('is the name alone where nothing is known', () => {
    expect(JSON.parse(callTemplate('gone', known([]), undefined))).toEqual({ tool: 'gone', arguments: {} });
  });
});

describe('evaluating', () => {
  it('decides as the gateway does, and says why', () => {
    const call = '{ "tool": "transfer_funds", "arguments": { "amount": 500 } }';
    expect(evaluate(POLICY, call, known(TOOLS))).toMatchObject({
      kind: 'decision',
      decision: 'deny',
      rule: '/tools/transfer_funds/deny_if/args.amount-gt',
      message: 'Denied because args.amount is more than 100.',
    });
  });

  it('says where the rule stands', () => {
    const result = evaluate(POLICY, '{ "tool": "transfer_funds", "arguments": { "amount": 5 } }', known(TOOLS));
    const { trace, links } = result.kind === 'decision' ? result : { trace: '', links: [] };
    const lines = trace.split('\n');
    const linked = links.map(({ range: { start, end } }) => lines[start.line]?.slice(start.character, end.character));
    expect(linked).toEqual(['/tools/transfer_funds/deny_if/args.amount-gt']);
    expect(links[0]?.target.start.line).toBe(1);
  });

  it('shows the whole way, with what was compared', () => {
    const result = evaluate(POLICY, '{ "tool": "read_file", "arguments": { "encoding": "\\u202e" } }', known(TOOLS));
    expect(result.kind === 'decision' && result.trace.split('\n')).toEqual([
      'DENIED  /tools/read_file/require/args.encoding-in',
      'Allowed only when args.encoding is one of ["utf8"].',
      '',
      ' 1  ✓ The policy is valid.',
      ' 2  ✓ The name of the tool is a safe one.',
      ' 3  ✓ Nothing in "hide" matches the name.',
      ' 4  ✓ The server lists the tool.',
      ' 5  ✓ Listed by /tools/read_file.',
      ' 6  ✓ The action is allow, as nothing else is stated.',
      ' 8  ✗ allowed only when args.encoding is one of ["utf8"]',
      '      /tools/read_file/require/args.encoding-in',
      expect.stringMatching(/^ {6}args.encoding is one of \["utf8"\]: ".*202E.*" \(does not hold\)$/i),
      '',
      'Counters start at zero here. Nothing was sent to the server.',
      '',
    ]);
  });

  it('denies what the server does not list, and everything under a policy with errors', () => {
    expect(evaluate(POLICY, '{ "tool": "gone" }', known(TOOLS))).toMatchObject({ rule: '(unknown tool)' });
    expect(evaluate(viewOf('{'), '{ "tool": "read_file" }', known(TOOLS))).toMatchObject({ rule: '(no policy)' });
  });

  it.each([
    ['no JSON', '{ "tool": ', 0],
    ['an unknown field', '{ "tool": "read_file",\n "argument": {} }', 1],
    ['no tool', '{}', 0],
  ])('says what is wrong with %s, and where', (_, text, line) => {
    expect(evaluate(POLICY, text, known(TOOLS))).toMatchObject({ kind: 'problem', range: { start: { line } } });
  });
});

function suggested(text: string): readonly string[] {
  const { text: plain, offset } = marked(text);
  const view = new TextView(TextDocument.create('call:/x', 'mcp-call', 1, plain), CALL_SCHEMA);
  const position = view.range({ start: offset, end: offset }).start;
  return completeCall(view, position, known(TOOLS), { snippets: true, markup: MarkupKind.Markdown }).items.map(
    ({ label }) => label,
  );
}

describe('completion in a call', () => {
  it('offers fields that are missing', () => {
    expect(suggested('{ "tool": "read_file", | }')).toEqual(
      expect.arrayContaining(['arguments', 'grant', 'client', 'at']),
    );
    expect(suggested('{ "tool": "read_file", | }')).not.toContain('tool');
  });

  it('offers tools', () => expect(suggested('{ "tool": "|" }')).toContain('transfer_funds'));

  it('offers the arguments of the tool, below a list too', () => {
    expect(suggested('{ "tool": "read_file", "arguments": { "path": "", "|" } }')).toEqual(['encoding', 'line range']);
    expect(suggested('{ "tool": "read_file", "arguments": { "line range": [{ | }] } }')).toEqual(['from']);
  });

  it('offers the values that the schema lists', () => {
    expect(suggested('{ "tool": "read_file", "arguments": { "encoding": | } }')).toEqual(['"utf8"', '"latin1"']);
  });
});

describe('over the protocol', () => {
  it('completes and decides against the policy as it is in the editor', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    await client.open(POLICY.text);
    await client.live();
    const uri = `portcullis-call:/read_file.mcp-call.json?${encodeURIComponent(POLICY_URI)}`;
    const call = await client.open('{ "tool": "read_file", "arguments": { | } }', { uri, languageId: 'mcp-call' });
    expect(await client.complete(call)).toContain('encoding');
    const template = await client.connection.sendRequest<string>(languageMessages.callTemplate, {
      policyUri: POLICY_URI,
      tool: 'read_file',
    });
    const result: unknown = await client.connection.sendRequest(languageMessages.evaluate, {
      policyUri: POLICY_URI,
      call: template,
    });
    expect(result).toMatchObject({ kind: 'decision', decision: 'allow' });
    await client.change(POLICY_URI, 2, POLICY.text.replace('"utf8"', '"latin1"'));
    const after: unknown = await client.connection.sendRequest(languageMessages.evaluate, {
      policyUri: POLICY_URI,
      call: template,
    });
    expect(after).toMatchObject({ kind: 'decision', decision: 'deny' });
  });
});
