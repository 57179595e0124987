/** Ways around the approval of a call (rows 26 and 27 of docs/security-tests.md), whatever stands behind the port; who is asked, and how, is in approvals.test.ts. */
import { describe, expect, test } from 'vitest';
import type { ApprovalAnswer, Approver } from '../../../server/src/gateway/approval/approver.ts';
import { makeFolder } from '../../support/folder.ts';
import { stubLaunch } from '../../support/servers/start.ts';
import { openSession, ruleOf } from '../support/http.ts';
import { callsIn } from '../support/recorded.ts';
import { runGateway, type TestGateway } from '../support/running.ts';

const RULE = '/tools/echo/approval';
const policy = {
  version: '1',
  default: 'deny',
  tools: { echo: { action: 'require_approval', limits: [{ counter: 'c', window: 'month', max: 1 }] } },
};
const unlimited = { version: '1', default: 'deny', tools: { echo: { action: 'require_approval' } } };

/** A gateway whose approver may look at it; `calls` are those that arrived. */
async function withApprover(
  document: object,
  use: (running: TestGateway, calls: () => ReturnType<typeof callsIn>) => Promise<void>,
  approver?: (running: TestGateway, ...asked: Parameters<Approver>) => Promise<ApprovalAnswer>,
): Promise<void> {
  await using folder = await makeFolder();
  const record = folder.file('received');
  const running: { own?: TestGateway } = {};
  const asking: Approver = (request) =>
    approver?.(running.own as TestGateway, request) ?? Promise.resolve({ outcome: 'refused' });
  await using own = await runGateway(stubLaunch({ record }), {
    policy: document,
    ...(approver ? { approver: asking } : {}),
  });
  running.own = own;
  await use(own, () => callsIn(record));
}

describe('row 26: between the question and the call', () => {
  test('an edit of the policy counts: what it denies is not sent', () =>
    withApprover(
      unlimited,
      async (running, calls) => {
        expect(ruleOf(await (await openSession(running)).call('echo'))).toBe('(unavailable)');
        expect(calls()).toEqual([]);
      },
      async (running) => {
        await running.writePolicy({ ...unlimited, hide: ['echo'] });
        return { outcome: 'approved' };
      },
    ));

  test('the arguments that were shown are those that are sent, digit for digit', () => {
    const shown: unknown[] = [];
    return withApprover(
      unlimited,
      async (running, calls) => {
        const session = await openSession(running);
        const text =
          '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"a":1.50,"b":[]}}}';
        expect((await session.post(text)).text).toContain('{\\"a\\":1.5,\\"b\\":[]}');
        expect(shown).toEqual([['a', 'b']]);
        expect(calls()).toHaveLength(1);
        expect(running.decisions().at(-1)).toMatchObject({ decision: 'allow', rule: RULE });
      },
      async (_running, { call }) => {
        shown.push([...(call.arguments?.members.keys() ?? [])]);
        return { outcome: 'approved' };
      },
    );
  });

  test('limits are checked again: of two approved at once, where one is left, one is sent', () => {
    const questions: (() => void)[] = [];
    return withApprover(
      policy,
      async (running, calls) => {
        const session = await openSession(running);
        const answers = [session.call('echo'), session.call('echo')];
        await expect.poll(() => questions.length).toBe(2);
        for (const answer of questions) answer();
        expect((await Promise.all(answers)).map(ruleOf).sort()).toEqual(['/tools/echo/limits/c', undefined]);
        expect(calls()).toHaveLength(1);
      },
      () => new Promise((resolve) => questions.push(() => resolve({ outcome: 'approved' }))),
    );
  });
});

describe('row 27: a call that needs approval', () => {
  test('is denied where there is nobody to ask', () =>
    withApprover(unlimited, async (running, calls) => {
      const answer = await (await openSession(running)).call('echo');
      expect(ruleOf(answer)).toBe(RULE);
      expect(answer.text).toContain('nobody to ask');
      expect(calls()).toEqual([]);
    }));

  test.each(['refused', 'expired', 'unreachable', 'open?', ''])('is denied by the answer %j', (answer) =>
    withApprover(
      unlimited,
      async (running, calls) => {
        expect(ruleOf(await (await openSession(running)).call('echo'))).toBe(RULE);
        expect(calls()).toEqual([]);
      },
      () => Promise.resolve({ outcome: answer } as ApprovalAnswer),
    ),
  );

  test('is denied when asking fails', () =>
    withApprover(
      unlimited,
      async (running, calls) => {
        expect(ruleOf(await (await openSession(running)).call('echo'))).toBe('(internal error)');
        expect(calls()).toEqual([]);
      },
      () => Promise.reject(new Error('the window is gone')),
    ));

  test('asks nobody where a rule denies it anyway', () => {
    let asked = 0;
    const denied = { ...unlimited, tools: { echo: { action: 'require_approval', deny_if: [{ conditions: [] }] } } };
    return withApprover(
      denied,
      async (running) => {
        expect(ruleOf(await (await openSession(running)).call('echo'))).toBe('/tools/echo/deny_if/always');
        expect(asked).toBe(0);
      },
      () => Promise.resolve<ApprovalAnswer>(((asked += 1), { outcome: 'approved' })),
    );
  });
});
