/** `portcullis approvals`: calls that wait at a running gateway, decided by other processes, and who may do so. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { openEditor } from '../gateway/support/editor.ts';
import { openSession, ruleOf, type RawSession } from '../gateway/support/http.ts';
import { callsIn } from '../gateway/support/recorded.ts';
import { runGateway, type TestGateway } from '../gateway/support/running.ts';
import { portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { stubLaunch } from '../support/servers/start.ts';
import { atTerminal, homeWith } from '../support/terminal.ts';

const policy = {
  version: '1',
  default: 'deny',
  tools: { echo: { action: 'require_approval', approval: { message: 'Sure?', remember: 'session' } } },
};

interface Scene {
  readonly running: TestGateway;
  readonly session: RawSession;
  readonly calls: () => ReturnType<typeof callsIn>;
  readonly state: readonly string[];
  /** The ID of the one call that waits. */
  waiting(): Promise<string>;
}

async function scene(use: (scene: Scene) => Promise<void>, shellDecides = true): Promise<void> {
  await using folder = await makeFolder();
  const record = folder.file('received');
  await using running = await runGateway(stubLaunch({ record }), { policy, shellDecides });
  const waiting = async (): Promise<string> => {
    await expect.poll(() => running.state.approvals.waiting().length).toBe(1);
    return running.state.approvals.waiting()[0]?.id ?? '';
  };
  const state = ['--state', running.folder.file('state')];
  await use({ running, session: await openSession(running), calls: () => callsIn(record), state, waiting });
}

describe('portcullis approvals', () => {
  test('list and show tell all of a call, to people and programs', () =>
    scene(async ({ session, state, waiting }) => {
      const answer = session.call('echo', { to: 'x\u0007' });
      const id = await waiting();
      const list = await portcullis(['approvals', 'list', ...state]);
      expect(list.out).toMatch(new RegExp(`${id} +\\d+ s +main +echo`));
      const shown = await portcullis(['approvals', 'show', id.slice(0, 6), ...state]);
      expect(shown.out).toContain('"to": "x\\u0007"');
      expect(shown.out).toContain('Sure?');
      const json = await portcullis(['approvals', 'show', id, '--format', 'json', ...state]);
      expect(JSON.parse(json.out)).toMatchObject({ id, tool: 'echo', mayRemember: true });
      const denied = await portcullis(['approvals', 'deny', id, '--message', 'Not today.', ...state]);
      expect(denied).toMatchObject({ code: 0, out: 'Denied.\n' });
      expect((await answer).text).toContain('The person says: Not today.');
      expect((await portcullis(['approvals', 'list', ...state])).out).toBe('No call waits for approval.\n');
    }));

  test('approve lets it through, once the code is typed', () =>
    scene(async ({ running, session, state, calls, waiting }) => {
      await using home = await homeWith({ shell: true });
      const answer = session.call('echo');
      const id = await waiting();
      expect(await atTerminal(['approvals', 'approve', id, ...state], home, { types: () => 'wrong!' })).toMatchObject({
        code: 1,
      });
      expect(calls()).toEqual([]);
      expect(await atTerminal(['approvals', 'approve', id, '--session', ...state], home)).toMatchObject({ code: 0 });
      expect(ruleOf(await answer)).toBeUndefined();
      expect(calls()).toHaveLength(1);
      expect(running.outcomes()[0]).toMatchObject({ outcome: 'approved', approver: 'shell', choice: 'session' });
      const audit = await portcullis(['audit', 'list', '--decision', 'pending', '--format', 'csv', ...state]);
      expect(audit.out).toMatch(/,pending,.*,approved,[\d.]+,shell,session\r\n/);
    }));

  test('an agent with a shell does not approve its own call', () =>
    scene(async ({ session, state, calls, waiting }) => {
      await using home = await homeWith({ shell: true });
      await using nothing = await homeWith();
      const answer = session.call('echo');
      const id = await waiting();
      expect((await atTerminal(['approvals', 'approve', id, ...state], nothing)).err).toContain(
        'A shell may not approve calls here',
      );
      // No terminal; and the environment has no say in where the user's configuration is.
      const env = { HOME: home.path, XDG_CONFIG_HOME: home.file('.config') };
      expect((await portcullis(['approvals', 'approve', id, ...state], { env, stdin: 'abcdef\n' })).code).toBe(2);
      expect(calls()).toEqual([]);
      await portcullis(['approvals', 'deny', id, ...state]);
      await answer;
    }));

  test("a gateway whose user's configuration says no takes a shell's approval for a refusal", () =>
    scene(async ({ running, session, state, calls, waiting }) => {
      using _editor = await openEditor(running.gateway);
      await using home = await homeWith({ shell: true });
      const answer = session.call('echo');
      expect(await atTerminal(['approvals', 'approve', await waiting(), ...state], home)).toMatchObject({ code: 0 });
      expect((await answer).text).toContain('POLICY DENIED');
      expect(calls()).toEqual([]);
    }, false));

  test('of several processes one decides, and the others are told', () =>
    scene(async ({ session, state, waiting }) => {
      const answer = session.call('echo');
      const id = await waiting();
      const deciders = await Promise.all([1, 2, 3, 4].map(() => portcullis(['approvals', 'deny', id, ...state])));
      expect(deciders.filter(({ code }) => code === 0)).toHaveLength(1);
      for (const { err } of deciders.filter(({ code }) => code !== 0)) expect(err).toMatch(/already|waits/);
      await answer;
    }));

  test.runIf(process.platform === 'linux' && spawnSync('script', ['--version']).status === 0)(
    'knows a real terminal when it sees one',
    () =>
      scene(async ({ session, state, waiting }) => {
        const answer = session.call('echo');
        const id = await waiting();
        const bundle = new URL('../../dist/portcullis.js', import.meta.url).pathname;
        const command = [process.execPath, bundle, 'approvals', 'approve', id, ...state]
          .map((word) => `'${word}'`)
          .join(' ');
        const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8' });
        // The user of this machine has not allowed it, which is asked first.
        expect(stdout).toContain('A shell may not approve calls here');
        await portcullis(['approvals', 'deny', id, ...state]);
        await answer;
      }),
  );
});
