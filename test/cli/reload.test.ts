/** `portcullis reload`: what waits is told to anybody, and accepted only by a person whose own configuration allows it. */
import { describe, expect, test } from 'vitest';
import { EMPTY_LOCK, lockServer, writeLock, type Tool } from '../../server/src/catalog/index.ts';
import { sha256 } from '../../server/src/mcp/index.ts';
import { AcceptedFiles } from '../../server/src/state/index.ts';
import { openSession, ruleOf } from '../gateway/support/http.ts';
import { runGateway, type TestGateway } from '../gateway/support/running.ts';
import { portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { atTerminal, homeWith } from '../support/terminal.ts';

const deny = { version: '1', default: 'deny' };
const open = { version: '1', default: 'deny', tools: { echo: {} } };

async function scene(use: (running: TestGateway, state: readonly string[]) => Promise<void>): Promise<void> {
  await using folder = await makeFolder();
  const accepted = new AcceptedFiles(folder.file('state'));
  await using running = await runGateway(stubLaunch(), { policy: deny, folder, accepted });
  await use(running, ['--state', folder.file('state')]);
}

describe('portcullis reload', () => {
  test('says what an edit lets through, to people and programs; nothing waits, nothing is said', () =>
    scene(async (running, state) => {
      expect(await portcullis(['reload', ...state])).toMatchObject({ code: 0 });
      await running.writePolicy(open);
      const { code, out } = await portcullis(['reload', ...state]);
      expect(code).toBe(1);
      expect(out).toContain('echo: is no longer denied; before: (default deny)');
      const json = await portcullis(['reload', '--format', 'json', ...state]);
      expect(JSON.parse(json.out)).toMatchObject([
        { server: 'main', file: running.policyFile, loosened: [{ about: 'echo' }] },
      ]);
    }));

  test('--accept lets it take effect in the running gateway, once the code is typed', () =>
    scene(async (running, state) => {
      await using home = await homeWith({ shell: true });
      await running.writePolicy(open);
      const session = await openSession(running);
      expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
      expect(await atTerminal(['reload', '--accept', ...state], home, { types: () => 'wrong!' })).toMatchObject({
        code: 1,
      });
      expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
      expect(await atTerminal(['reload', '--accept', ...state], home)).toMatchObject({ code: 0 });
      expect(ruleOf(await session.call('echo'))).toBeUndefined();
    }));

  test('a lock file that was edited by hand is listed and accepted as well', async () => {
    await using folder = await makeFolder({ 'portcullis.lock.json': writeLock(EMPTY_LOCK) });
    await using home = await homeWith({ shell: true });
    const accepted = new AcceptedFiles(folder.file('state'));
    const lock = { mode: 'enforce' as const, folder: folder.path };
    await using running = await runGateway(stubLaunch(), {
      policy: { version: '1', default: 'allow' },
      folder,
      accepted,
      lock,
    });
    const state = ['--state', folder.file('state')];
    const pins = lockServer('as-defined', [stubTool('echo') as unknown as Tool], sha256);
    await folder.write('portcullis.lock.json', writeLock({ servers: new Map([['main', pins]]) }));
    expect((await portcullis(['reload', ...state])).out).toContain('main/echo: counts as reviewed');
    const session = await openSession(running);
    expect(ruleOf(await session.call('echo'))).toBe('(unreviewed tool)');
    expect(await atTerminal(['reload', '--accept', ...state], home)).toMatchObject({ code: 0 });
    expect(ruleOf(await session.call('echo'))).toBeUndefined();
  });

  test('an agent with a shell does not accept', () =>
    scene(async (running, state) => {
      await using home = await homeWith({ shell: true });
      await using nothing = await homeWith();
      await running.writePolicy(open);
      expect((await atTerminal(['reload', '--accept', ...state], nothing)).err).toContain(
        'A shell may not accept edits here',
      );
      const env = { HOME: home.path, XDG_CONFIG_HOME: home.file('.config') };
      expect((await portcullis(['reload', '--accept', ...state], { env, stdin: 'abcdef\n' })).code).toBe(2);
      expect(ruleOf(await (await openSession(running)).call('echo'))).toBe('(default deny)');
    }));
});
