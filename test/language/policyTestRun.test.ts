/** Policy tests that the editor runs: results with places and reasons, and what they show of the policy. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { languageMessages } from '../../server/src/protocol/language.ts';
import type { ListCasesResult, RunTestsResult, TestCaseResult } from '../../server/src/protocol/policyTests.ts';
import { connectClient, type TestClient } from './support/client.ts';
import { fakeRuntime, POLICY_URI, type FakeRuntime } from './support/runtime.ts';
import { TOOLS } from './support/view.ts';

const uri = 'file:///project/notes.policy-test.json';

const POLICY = JSON.stringify({
  version: '1',
  default: 'deny',
  tools: {
    read_file: {},
    transfer_funds: { limits: [{ counter: 'paid', window: 'day', max: 1 }] },
  },
});

const pay = { tool: 'transfer_funds' };
const LIMIT = '/tools/transfer_funds/limits/paid';
const CASES = [
  { name: 'the first', call: pay, expect: { decision: 'allow' } },
  { name: 'the second', call: pay, expect: { decision: 'deny', rule: LIMIT } },
  { name: 'wrong', call: pay, expect: { decision: 'allow', rule: '' } },
];
const testOf = (cases: readonly object[]): string => JSON.stringify({ policy: 'policy.json', cases }, undefined, 2);

let client: TestClient;
let runtime: FakeRuntime;

beforeEach(async () => {
  runtime = fakeRuntime(TOOLS);
  runtime.files.set('/project/policy.json', POLICY);
  runtime.files.set('/project/notes.policy-test.json', testOf(CASES));
  client = await connectClient(runtime);
});
afterEach(async () => await client[Symbol.asyncDispose]());

const run = async (...uris: string[]): Promise<RunTestsResult> =>
  await client.connection.sendRequest<RunTestsResult>(languageMessages.runTests, { uris });

async function casesOf(): Promise<readonly TestCaseResult[]> {
  const [file] = (await run(uri)).files;
  if (file?.kind !== 'ran') throw new Error(file?.problem);
  return file.cases;
}

describe('running policy tests in the editor', () => {
  it('lists the cases of a file with their places', async () => {
    const cases = await client.connection.sendRequest<ListCasesResult>(languageMessages.listCases, { uri });
    const document = TextDocument.create(uri, 'json', 0, testOf(CASES));
    expect(cases?.map(({ name }) => name)).toEqual(['the first', 'the second', 'wrong']);
    expect(cases?.map(({ range }) => JSON.parse(document.getText(range)) as unknown)).toEqual(CASES);
  });

  it('shares counters among the cases, and says of a failure what was decided, why and by which rule', async () => {
    const [first, second, wrong] = await casesOf();
    expect([first?.passed, second?.passed]).toEqual([true, true]);
    expect(wrong).toMatchObject({
      passed: false,
      expected: 'allow\nby no rule',
      actual: `deny\nby ${LIMIT}`,
      rule: { name: LIMIT, policyUri: POLICY_URI },
    });
    expect(wrong?.details).toContain('✗');
    const rule = TextDocument.create('', 'json', 0, POLICY).getText(wrong?.rule?.range);
    expect(JSON.parse(rule)).toMatchObject({ counter: 'paid' });
  });

  it('runs what is in the editor, policy and test alike, saved or not', async () => {
    await client.open(POLICY.replace('"max":1', '"max":9'), { uri: POLICY_URI });
    expect((await casesOf()).map(({ passed }) => passed)).toEqual([true, false, true]);
    await client.open(testOf(CASES.slice(0, 1)), { uri, languageId: 'mcp-policy-test' });
    expect((await casesOf()).map(({ name }) => name)).toEqual(['the first']);
  });

  it('says which cases each rule of the policy decided', async () => {
    const { coverage } = await run(uri, uri);
    expect(coverage).toHaveLength(1);
    expect(coverage[0]?.rules.map(({ name, kind, cases }) => [name, kind, cases])).toEqual([
      ['/default', 'rule', []],
      ['/tools/read_file', 'entry', []],
      [
        '/tools/transfer_funds',
        'entry',
        [
          [0, 0],
          [1, 0],
        ],
      ],
      [
        LIMIT,
        'rule',
        [
          [0, 1],
          [0, 2],
          [1, 1],
          [1, 2],
        ],
      ],
    ]);
  });

  it.each([
    ['a file that is gone', 'file:///project/gone.policy-test.json', 'The file cannot be read.'],
    ['a file that is not valid', uri, 'The key "policy" is missing here.'],
    ['a policy that is gone', uri, 'There is no such file'],
  ])('passes no case of %s', async (what, file, problem) => {
    const text = what.includes('not valid') ? '{ "frm": 1 }' : testOf(CASES).replace('policy.json', 'gone.json');
    runtime.files.set('/project/notes.policy-test.json', text);
    const { files, coverage } = await run(file);
    expect(files).toMatchObject([{ kind: 'unusable', uri: file }]);
    expect(JSON.stringify(files)).toContain(JSON.stringify(problem).slice(1, -1));
    expect(coverage).toEqual([]);
  });

  it('starts no server', async () => {
    await client.servers.until(() => true);
    await casesOf();
    expect(runtime.started).toEqual([]);
  });
});
