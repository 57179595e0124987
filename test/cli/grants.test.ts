/** `portcullis grants` as a process beside a running gateway. */
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../server/src/cli/run.ts';
import { openSession, send } from '../gateway/support/http.ts';
import { runGateway } from '../gateway/support/running.ts';
import { jsonLines, portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
import { stubLaunch } from '../support/servers/start.ts';

test('made, rotated and revoked in a shell, a grant holds for the running gateway from the next request on', async () => {
  await using running = await runGateway(stubLaunch(), { policy: { version: '1', default: 'allow' } });
  const state = ['--state', running.folder.file('state')];
  const run = (...args: string[]) => portcullis(['grants', ...args, ...state]);
  const status = async (token: string): Promise<number> =>
    (await send({ url: running.url, token: token.trim() }, {})).status;

  const made = await run('add', 'agent', '--expires', '30d', '--server', 'main');
  expect(made).toMatchObject({ code: 0, err: expect.stringContaining('shown this once') as string });
  expect(made.out).toMatch(/^pcl_[\w-]{43}\n$/);
  await openSession({ url: running.url, token: made.out.trim() });
  expect((await run('list')).out).toMatch(/agent +in use +main +\d{4}-/);

  const rotated = await run('rotate', 'agent');
  expect([await status(made.out), await status(rotated.out)]).toEqual([401, 400]);
  expect(await run('revoke', 'agent')).toMatchObject({ code: 0, out: 'The grant "agent" is revoked.\n' });
  expect(await status(rotated.out)).toBe(401);
  expect(jsonLines((await run('list', '--format', 'json')).out)[0]).toMatchObject([
    { label: 'agent', servers: ['main'] },
  ]);
  expect((await run('list')).out).not.toMatch(/pcl_/);
});

test.each([
  [['add'], 'Name one grant'],
  [['add', 'a b'], 'A label has 1 to 64'],
  [['add', 'a', '--expires', 'soon'], '--expires is "soon"'],
  [['add', 'a', '--expires', '2020-01-01'], 'expired already'],
  [['add', 'a', '--policy', 'broken.json'], 'The policy is invalid'],
  [['rotate', 'nobody'], 'No grant "nobody" is in use'],
  [['revoke', 'nobody'], 'No grant "nobody" is in use'],
  [['give', 'a'], 'none of list, add, rotate, revoke'],
])('%j is refused with what to do', async (args, message) => {
  await using folder = await makeFolder({ 'broken.json': '{ "version": "1" }' });
  let [out, err] = ['', ''];
  const code = await runCommandLine(['grants', ...args, '--state', 'state'], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    terminal: { colour: false },
    stdin: Readable.from([]),
    cwd: folder.path,
    env: {},
    signal: new AbortController().signal,
  });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});
