import { describe, expect, test } from 'vitest';
import { callOf } from '../gateway/support/recorded.ts';
import { openSession } from '../gateway/support/http.ts';
import { runGateway, settings } from '../gateway/support/running.ts';
import { serveFolder } from '../gateway/support/serving.ts';
import { jsonLines, portcullis } from '../support/cli.ts';
import { makeFolder } from '../support/folder.ts';
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
    { tool: 'read', before: 'allow', after: 'unknown', why: 'depends on args.path (not kept)' },
    { tool: 'write', before: 'deny', was: '(default deny)', after: 'allow', rule: '' },
  ]);
});

describe('portcullis replay with "audit.values" in portcullis.json', () => {
  test('decides by the values that the program has kept, and says which it must not keep', async () => {
    const { command, args } = stubLaunch({ tools: [stubTool('pay')] });
    const policy = (max: number) => ({
      version: '1',
      default: 'deny',
      tools: { pay: { deny_if: ['args.amount', 'args.token'].map((path) => ({ path, op: 'gt', value: max })) } },
    });
    await using folder = await makeFolder({
      'portcullis.json': JSON.stringify({ servers: { bank: { command, args } }, audit: { values: true } }),
      'policy.json': JSON.stringify(policy(10)),
      'edited.json': JSON.stringify(policy(5)),
    });
    await using gateway = await serveFolder(folder);
    const session = await openSession({ url: gateway.urls['bank'] as URL, token: gateway.token });
    for (const given of ['{"amount":3}', '{"amount":7}', '{"amount":3,"token":1}'])
      await session.post(callOf('pay', given));
    await gateway.stop();
    const replay = ['replay', folder.file('edited.json'), '--state', folder.file('state')];
    const { out, err } = await portcullis([...replay, '--format', 'json']);
    expect(jsonLines(out), err).toMatchObject([
      { before: 'allow', after: 'allow' },
      { before: 'allow', after: 'deny', rule: '/tools/pay/deny_if/args.amount-gt' },
      { before: 'allow', after: 'unknown', why: 'depends on args.token (redacted)' },
    ]);
    expect((await portcullis(replay)).out).toContain(
      '3 recorded calls: 1 would be decided otherwise, 1 cannot be known.',
    );
    expect(gateway.said()).toContain('are kept for 7 days');
  });
});
