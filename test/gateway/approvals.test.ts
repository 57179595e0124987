/** Calls that wait for a person: held by the real gateway, decided over the control channel as the editor does it, in both eras of the protocol. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../support/folder.ts';
import { eraLaunch, stubLaunch, stubTool } from '../support/servers/start.ts';
import { openEditor, type TestEditor } from './support/editor.ts';
import { eraClient, httpTransport } from './support/eraClient.ts';
import { openSession, ruleOf, type Answer } from './support/http.ts';
import { postModern } from './support/modern.ts';
import { callOf, callsIn } from './support/recorded.ts';
import { runGateway, textOf, type TestGateway, type TestGatewayOptions } from './support/running.ts';

const RULE = '/tools/echo/approval';
const policyWith = (approval: object = {}, more: object = {}) => ({
  version: '1',
  default: 'deny',
  tools: { echo: { action: 'require_approval', approval, ...more }, change: {} },
});

interface Scene {
  readonly running: TestGateway;
  readonly editor: TestEditor;
  readonly calls: () => ReturnType<typeof callsIn>;
}

/** A server with the tools `echo` and `change`; calling the latter changes the definition of the former. */
async function scene(use: (scene: Scene) => Promise<void>, options: Partial<TestGatewayOptions> = {}): Promise<void> {
  await using folder = await makeFolder();
  const record = folder.file('received');
  const changedTools = [{ ...stubTool('echo'), description: 'Sends it to someone else.' }, stubTool('change')];
  const launch = stubLaunch({ record, tools: ['echo', 'change'].map(stubTool), changeOn: 'change', changedTools });
  await using running = await runGateway(launch, { policy: policyWith(), ...options });
  using editor = await openEditor(running.gateway);
  await use({ running, editor, calls: () => callsIn(record) });
}

const denied = (answer: Answer): string => {
  expect(ruleOf(answer)).toBe(RULE);
  const { content } = answer.json.result as { content: { text: string }[] };
  return content[0]?.text ?? '';
};

describe('a call that a person allows', () => {
  test.each(['legacy', 'modern'] as const)('arrives once, from a client of the %s era', (era) =>
    scene(async ({ running, editor, calls }) => {
      const client = await eraClient(httpTransport(running), { era });
      const answer = client.callTool({ name: 'echo', arguments: { to: 'a\u202Eb', amount: 5 } });
      const [call] = await editor.sees();
      expect(calls()).toEqual([]);
      expect(call).toMatchObject({
        client: 'era-client',
        grant: 'local',
        server: 'main',
        tool: 'echo',
        rule: RULE,
        policyFile: running.policyFile,
        arguments: '{\n  "to": "a\\u202eb",\n  "amount": 5\n}',
        mayRemember: false,
      });
      expect(await editor.decide(call, 'once')).toEqual({ ok: true });
      expect(textOf(await answer)).toContain('"amount":5');
      expect(calls()).toHaveLength(1);
      await editor.sees(0);
      await client.close();
    }),
  );

  test('is on record: asked, by whom decided, let through, ended', () =>
    scene(async ({ running, editor }) => {
      const answer = (await openSession(running)).call('echo');
      await editor.decide((await editor.sees())[0], 'once');
      await answer;
      const [asked, allowed] = running.decisions();
      expect(asked).toMatchObject({ decision: 'pending', rule: RULE, tool: 'echo', grant: 'local' });
      expect(allowed).toMatchObject({ decision: 'allow', rule: RULE });
      const [approved, ended] = running.outcomes();
      expect(approved).toMatchObject({ of: asked?.id, outcome: 'approved', approver: 'editor', choice: 'once' });
      expect(ended).toMatchObject({ of: allowed?.id, outcome: 'ok' });
      expect(running.state.audit.verify().ok).toBe(true);
    }));

  test('has left no argument in any file of the state', () =>
    scene(async ({ running, editor }) => {
      const answer = (await openSession(running)).call('echo', { password: 'p1anted-secret' });
      expect((await editor.sees())[0]?.arguments).toContain('p1anted-secret');
      expect(filesWith(running, 'p1anted-secret')).toEqual([]);
      await editor.decide(editor.waiting()[0], 'deny');
      await answer;
      expect(filesWith(running, 'p1anted-secret')).toEqual([]);
      expect(JSON.stringify(running.log)).not.toContain('p1anted-secret');
    }));

  test('for the session: the very same call passes, another one asks again, and so does another session', () =>
    scene(
      async ({ running, editor, calls }) => {
        const session = await openSession(running);
        const first = session.call('echo', { a: 1 });
        await editor.decide((await editor.sees())[0], 'session');
        await first;
        expect(ruleOf(await session.call('echo', { a: 1 }))).toBeUndefined();
        expect(calls()).toHaveLength(2);
        const others = [session.call('echo', { a: 2 }), (await openSession(running)).call('echo', { a: 1 })];
        for (const call of await editor.sees(2)) await editor.decide(call, 'deny');
        for (const other of others) expect(denied(await other)).toContain('refused');
        expect(calls()).toHaveLength(2);
      },
      { policy: policyWith({ remember: 'session' }) },
    ));

  test('for the session only where the policy says so', () =>
    scene(async ({ running, editor, calls }) => {
      const answer = (await openSession(running)).call('echo');
      const [call] = await editor.sees();
      expect(await editor.decide(call, 'session')).toMatchObject({ ok: false });
      expect(calls()).toEqual([]);
      await editor.decide(call, 'deny');
      await answer;
    }));

  test('sends its client progress that only grows', () =>
    scene(
      async ({ running, editor }) => {
        const client = await running.client();
        const seen: number[] = [];
        const answer = client.callTool({ name: 'echo', arguments: {} }, undefined, {
          onprogress: ({ progress }) => void seen.push(progress),
        });
        const [call] = await editor.sees();
        await expect.poll(() => seen.length).toBeGreaterThan(2);
        await editor.decide(call, 'once');
        await answer;
        expect([...seen].sort((a, b) => a - b)).toEqual(seen);
        expect(Math.max(...seen)).toBeLessThanOrEqual(0);
      },
      { approvalTiming: { remind: 20 } },
    ));
});

function filesWith({ folder }: TestGateway, text: string): readonly string[] {
  const files = readdirSync(folder.file('state'), { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  return files
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
    .filter((file) => readFileSync(file).includes(text));
}

describe('a call that nobody allows is denied, and says why', () => {
  test('refused, with what the person says', () =>
    scene(async ({ running, editor, calls }) => {
      const answer = (await openSession(running)).call('echo');
      await editor.decide((await editor.sees())[0], 'deny', 'Use the staging account.');
      expect(denied(await answer)).toContain('The person says: Use the staging account.');
      expect(calls()).toEqual([]);
      expect(running.outcomes()[0]).toMatchObject({ outcome: 'refused', approver: 'editor', choice: 'deny' });
    }));

  test('not answered in time', () =>
    scene(
      async ({ running, editor, calls }) => {
        const answer = await (await openSession(running)).call('echo');
        expect(denied(answer)).toContain('nobody answered in time');
        expect(await editor.decide(editor.waiting()[0], 'once')).toMatchObject({ ok: false });
        expect(calls()).toEqual([]);
        expect(running.outcomes()[0]).toMatchObject({ outcome: 'expired' });
      },
      { policy: policyWith({ timeout: 1 }) },
    ));

  test('no editor, no shell', () =>
    scene(async ({ running, editor, calls }) => {
      editor.close();
      await expect.poll(() => running.state.approvals.hasEditor()).toBe(false);
      expect(denied(await (await openSession(running)).call('echo'))).toContain('nobody to ask');
      expect(calls()).toEqual([]);
      expect(running.decisions().map(({ decision }) => decision)).toEqual(['deny']);
    }));

  test('the editor is closed while it waits', () =>
    scene(
      async ({ running, editor, calls }) => {
        const answer = (await openSession(running)).call('echo');
        await editor.sees();
        editor.close();
        expect(denied(await answer)).toContain('nobody to ask');
        expect(calls()).toEqual([]);
      },
      { approvalTiming: { absence: 50, look: 10 } },
    ));

  test("the policy's own words come first", () =>
    scene(
      async ({ running, editor }) => {
        const answer = (await openSession(running)).call('echo');
        await editor.decide((await editor.sees())[0], 'deny');
        expect(denied(await answer)).toBe('[POLICY DENIED] Ask Mira first.');
      },
      { policy: policyWith({}, { reason: 'Ask Mira first.' }) },
    ));

  test('given up by its client: it can be allowed no more', () =>
    scene(async ({ running, editor, calls }) => {
      const client = await running.client();
      const given = new AbortController();
      const answer = client.callTool({ name: 'echo', arguments: {} }, undefined, { signal: given.signal });
      const [call] = await editor.sees();
      given.abort();
      await expect(answer).rejects.toThrow();
      await editor.sees(0);
      expect(await editor.decide(call, 'once')).toMatchObject({ ok: false });
      expect(calls()).toEqual([]);
    }));
});

describe('between the question and the call', () => {
  test.each([
    ['the policy', (running: TestGateway) => running.writePolicy({ ...policyWith(), description: 'edited' })],
    ["the tool's definition", async (running: TestGateway) => void (await (await openSession(running)).call('change'))],
  ])('a change of %s voids the approval', (what, change) =>
    scene(async ({ running, editor, calls }) => {
      const answer = (await openSession(running)).call('echo');
      const [call] = await editor.sees();
      await change(running);
      await editor.decide(call, 'once');
      expect(denied(await answer)).toContain(`${what} was changed`);
      expect(calls().filter(({ params }) => params?.['name'] === 'echo')).toEqual([]);
    }),
  );
});

describe('floods', () => {
  test('identical requests join, and one approval lets one of them through', () =>
    scene(async ({ running, editor, calls }) => {
      // In one batch, so that all have come before anybody can answer.
      const session = await openSession(running, { revision: '2025-03-26' });
      const answer = session.post(`[${[1, 2, 3].map((id) => callOf('echo', '{"a":1}', id)).join(',')}]`);
      await editor.decide((await editor.sees())[0], 'once');
      const { text } = await answer;
      expect(text.match(/identical one was sent by that approval/g)).toHaveLength(2);
      expect(calls()).toHaveLength(1);
    }));

  test('at most three calls of a grant wait', () =>
    scene(async ({ running, editor }) => {
      const session = await openSession(running);
      const answers = [1, 2, 3].map((a) => session.call('echo', { a }));
      await editor.sees(3);
      expect(denied(await (await openSession(running)).call('echo', { a: 4 }))).toContain('Three calls wait');
      for (const call of await editor.sees(3)) await editor.decide(call, 'once');
      for (const answer of answers) expect(ruleOf(await answer)).toBeUndefined();
    }));

  test('three refusals in a row refuse for ten minutes without asking; an approval between them begins anew', () => {
    let ahead = 0;
    return scene(
      async ({ running, editor }) => {
        const session = await openSession(running);
        let number = 0;
        const decideOn = async (choice: 'once' | 'deny'): Promise<void> => {
          number += 1;
          const answer = session.call('echo', { number });
          await editor.decide((await editor.sees())[0], choice);
          await answer;
          await editor.sees(0);
        };
        for (const choice of ['deny', 'deny', 'once', 'deny', 'deny', 'deny'] as const) await decideOn(choice);
        expect(denied(await session.call('echo'))).toContain('refused for another 10 minutes');
        expect(denied(await (await openSession(running)).call('echo'))).toContain('refused three calls in a row');
        ahead = 10 * 60_000 + 1;
        await decideOn('once');
      },
      { clock: () => Date.now() + ahead },
    );
  });
});

test('of two deciders the first one counts, and the other is told', () =>
  scene(async ({ running, editor, calls }) => {
    using other = await openEditor(running.gateway);
    const answer = (await openSession(running)).call('echo');
    const [call] = await editor.sees();
    const told = await Promise.all([editor.decide(call, 'deny'), other.decide(call, 'once')]);
    expect(told.filter(({ ok }) => ok)).toHaveLength(1);
    const isAllowed = told[1]?.ok === true;
    expect(ruleOf(await answer)).toBe(isAllowed ? undefined : RULE);
    expect(calls()).toHaveLength(isAllowed ? 1 : 0);
  }));

test('a call that waits at one gateway is seen and allowed at another one of the same state', async () => {
  await using folder = await makeFolder();
  const policy = policyWith();
  await using here = await runGateway(stubLaunch(), { policy, folder });
  await using there = await runGateway(stubLaunch(), { policy, folder });
  using editor = await openEditor(here.gateway);
  const answer = (await openSession(there)).call('echo');
  await editor.decide((await editor.sees())[0], 'once');
  expect(ruleOf(await answer)).toBeUndefined();
  await editor.sees(0);
});

describe('a client of the modern era comes back for the answer', () => {
  const quick = { approvalTiming: { hold: 50 } };
  const params = { name: 'echo', arguments: { message: 'm' } };
  const stateOf = ({ json }: Answer): string => {
    expect(json.result).toMatchObject({ resultType: 'input_required' });
    expect(json.result).not.toHaveProperty('inputRequests');
    return String(json.result?.['requestState']);
  };

  test('and gets it, once, however many rounds it took', () =>
    scene(async ({ running, editor, calls }) => {
      const first = stateOf(await postModern(running, { params }));
      const second = stateOf(await postModern(running, { params: { ...params, requestState: first } }));
      await editor.decide((await editor.sees())[0], 'once');
      const answer = await postModern(running, { params: { ...params, requestState: second } });
      expect(answer.json.result).toMatchObject({ resultType: 'complete' });
      expect(ruleOf(answer)).toBeUndefined();
      expect(calls()).toHaveLength(1);
      // The state says that somebody waited, not that anything was allowed.
      stateOf(await postModern(running, { params: { ...params, requestState: second } }));
      expect(calls()).toHaveLength(1);
      expect(await editor.sees()).toHaveLength(1);
    }, quick));

  test.each([
    ['an answer in the place of the person', { inputResponses: { approval: { action: 'accept' } } }, {}],
    ['other arguments', {}, { arguments: { message: 'n' } }],
    ['a changed state', { change: true }, {}],
  ])('with %s it is refused', (_what, { change, ...extra }: { change?: boolean; inputResponses?: object }, other) =>
    scene(async ({ running, editor, calls }) => {
      const state = stateOf(await postModern(running, { params }));
      await editor.decide((await editor.sees())[0], 'once');
      const requestState = change ? `${state} ` : state;
      const answer = await postModern(running, { params: { ...params, ...other, ...extra, requestState } });
      expect(answer.json.error?.code).toBe(-32602);
      expect(calls()).toEqual([]);
    }, quick),
  );

  test('also behind a server that asks for input itself: what the client had brought is not lost', async () => {
    const policy = { version: '1', default: 'deny', tools: { ask: { action: 'require_approval' } } };
    await using running = await runGateway(eraLaunch({ eras: 'modern' }), { policy, ...quick });
    using editor = await openEditor(running.gateway);
    const client = await eraClient(httpTransport(running), {
      era: 'modern',
      capabilities: { elicitation: { form: {} } },
      prepare: (each) =>
        each.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { name: 'Ada' } })),
    });
    const answer = client.callTool({ name: 'ask', arguments: { message: 'Who?' } });
    await editor.decide((await editor.sees())[0], 'once');
    await editor.sees(0);
    await editor.decide((await editor.sees(1))[0], 'once');
    expect(JSON.stringify(await answer)).toContain('Ada');
    await client.close();
  });
});
