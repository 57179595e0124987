/** A recorded call as a case of a policy test, with what was kept of its arguments in a real state. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecords } from '../../server/src/language/replay/records.ts';
import { languageMessages } from '../../server/src/protocol/language.ts';
import type { RecordedCaseParams, RecordedCaseResult } from '../../server/src/protocol/policyTests.ts';
import { openState } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { connectClient, type TestClient } from './support/client.ts';
import { fakeRuntime } from './support/runtime.ts';

let folder: Folder;
let client: TestClient;

beforeAll(async () => {
  folder = await makeFolder();
  const state = openState(folder.path);
  const args = '{"amount":12345678901234567890.10,"to":{"country":"NL"}}';
  state.values.keep('paid', { paths: ['args.amount', 'args.to.country'], withheld: {}, args });
  await state.close();
  const initialization = { trusted: true, stateFolder: folder.path };
  client = await connectClient({ ...fakeRuntime([]), openRecords }, { initialization });
});
afterAll(async () => {
  await client[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const call: RecordedCaseParams = {
  ...{ id: 'paid', tool: 'pay', argKeys: ['amount', 'to', 'note'], grant: 'ci', client: '', category: 'Financial' },
  ...{ risk: 'critical', decision: 'deny', rule: '/tools/pay/deny_if/args.amount-gt' },
};

const ask = (change: Partial<RecordedCaseParams> = {}): Promise<RecordedCaseResult> =>
  client.connection.sendRequest<RecordedCaseResult>(languageMessages.recordedCase, { ...call, ...change });

describe('a recorded call as a case of a policy test', () => {
  it('has the values that were kept, to the last digit, and names those that were not, or only in part', async () => {
    const result = await ask();
    if (result.kind !== 'case') throw new Error(result.problem);
    expect(result.missing).toEqual(['to', 'note']);
    expect(result.text).toContain('"amount": 12345678901234567890.10');
    expect(JSON.parse(result.text)).toEqual({
      name: 'pay: deny by /tools/pay/deny_if/args.amount-gt',
      call: {
        tool: 'pay',
        arguments: {
          amount: Number('12345678901234567890.10'),
          to: { country: 'NL' },
          note: 'REPLACE ME: this value was not kept',
        },
        ...{ grant: 'ci', category: 'Financial', risk: 'critical' },
      },
      expect: { decision: 'deny', rule: '/tools/pay/deny_if/args.amount-gt' },
    });
  });

  it.each([
    ['a call that a person refused', { decision: 'deny', rule: '/tools/pay/approval' }, 'needs_approval'],
    ['a question that waits', { decision: 'pending', rule: '/tools/pay/approval' }, 'needs_approval'],
    ['a call in observe mode', { decision: 'wouldDeny' }, 'deny'],
    ['an allowed call', { decision: 'allow', rule: '' }, 'allow'],
  ] as const)('expects of %s what the policy said', async (_, change, decision) => {
    const result = await ask(change);
    expect(result.kind === 'case' && JSON.parse(result.text)).toMatchObject({ expect: { decision } });
  });

  it('makes none of what the policy had no say in', async () => {
    expect(await ask({ rule: '(invalid request)' })).toMatchObject({ kind: 'problem' });
  });

  it('needs nothing kept at all', async () => {
    expect(await ask({ id: 'other', argKeys: ['amount'] })).toMatchObject({ kind: 'case', missing: ['amount'] });
  });
});
