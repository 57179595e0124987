import { expect, test } from 'vitest';
import { callOf } from '../gateway/support/recorded.ts';
import { openSession } from '../gateway/support/http.ts';
import { runGateway, settings } from '../gateway/support/running.ts';
import { portcullis } from '../support/cli.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';

test('portcullis replay shows what an edited policy would have changed, on the log of a real gateway in observe mode', async () => {
  const launch = stubLaunch({ tools: ['read', 'write'].map(stubTool) });
  const policy = { version: '1', default: 'deny', tools: { read: {} } };
  await using running = await runGateway(launch, { policy, settings: { ...settings, mode: 'observe' } });
  const session = await openSession(running);
  await session.post(callOf('read', '{"path":"x"}'));
  await session.post(callOf('write'));
  const path = { path: 'args.path', op: 'regex', value: 'x' };
  await running.folder.write('same.json', JSON.stringify(policy));
  await running.folder.write(
    'edited.json',
    JSON.stringify({ ...policy, tools: { read: { deny_if: [path] }, write: {} } }),
  );
  const replay = (file: string, ...more: string[]) =>
    portcullis(['replay', running.folder.file(file), '--state', running.folder.file('state'), ...more]);
  expect(await replay('same.json')).toMatchObject({
    code: 0,
    out: '2 recorded calls: 0 would be decided otherwise, 0 cannot be known.\n',
  });
  const { out } = await replay('edited.json');
  expect(out).toMatch(/1 +read +allow → unknown/);
  expect(out).toMatch(/1 +write +deny → allow +\(default deny\)/);
  const lines = (await replay('edited.json', '--format', 'json')).out.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { tool: 'read', before: 'allow', after: 'unknown' },
    { tool: 'write', before: 'deny', was: '(default deny)', after: 'allow', rule: '' },
  ]);
});
