/** Ways around a policy by what is done to its file (row 28 of docs/security-tests.md, fault F6): the last good policy stays in force, and the next good one holds at once. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../../support/folder.ts';
import { stubLaunch, stubTool } from '../../support/servers/start.ts';
import { openSession, ruleOf, type RawSession } from '../support/http.ts';
import { callsIn } from '../support/recorded.ts';
import { runGateway, type TestGateway } from '../support/running.ts';

const open = { version: '1', default: 'allow' };
const deny = { version: '1', default: 'deny' };

test('row 28: an edit holds from the next call on, also when the file is replaced', async () => {
  await using running = await runGateway(stubLaunch(), { policy: deny });
  const session = await openSession(running);
  expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
  await running.writePolicy(open);
  expect(ruleOf(await session.call('echo'))).toBeUndefined();
  rmSync(running.policyFile);
  await running.writePolicy(deny);
  expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
});

/** What may lie where the policy was. `place` finds the path free. */
const faults: readonly (readonly [string, (place: string) => void])[] = [
  ['half written', (place) => writeFileSync(place, '{"version":"1","defa')],
  ['empty', (place) => writeFileSync(place, '')],
  ['garbage', (place) => writeFileSync(place, Buffer.from([0xff, 0x00, 0xfe, 0x7b]))],
  ['of another shape', (place) => writeFileSync(place, '{"version":"1","default":"allow","tols":{}}')],
  ['of another version', (place) => writeFileSync(place, '{"version":"2","default":"allow"}')],
  ['with a byte order mark', (place) => writeFileSync(place, `\ufeff${JSON.stringify(open)}`)],
  ['5 MiB', (place) => writeFileSync(place, JSON.stringify({ ...open, description: 'x'.repeat(5 * 1024 * 1024) }))],
  [
    '2 GiB',
    (place) => {
      writeFileSync(place, JSON.stringify(open));
      truncateSync(place, 2 ** 31);
    },
  ],
  ['1,000 levels deep', (place) => writeFileSync(place, '['.repeat(1000))],
  ['with a key twice', (place) => writeFileSync(place, '{"version":"1","default":"deny","default":"allow"}')],
  ['with a pattern that is not linear', (place) => writeFileSync(place, JSON.stringify(withRegex('(a)\\1')))],
  ['missing', () => undefined],
  ['a folder', (place) => mkdirSync(place)],
  ['a pipe', (place) => execFileSync('sh', ['-c', 'mkfifo "$0"', place])],
  ['a link to nothing', (place) => symlinkSync('/no/such/file', place)],
  ['a link to itself', (place) => symlinkSync(place, place)],
  ['a link to a policy that allows everything', (place) => linkToOpenPolicy(place)],
  ['a link to a folder', (place) => symlinkSync('/', place)],
  ['a link to a device without end', (place) => symlinkSync('/dev/zero', place)],
];

function linkToOpenPolicy(place: string): void {
  writeFileSync(`${place}.elsewhere`, JSON.stringify(open));
  symlinkSync(`${place}.elsewhere`, place);
}

function withRegex(value: string): object {
  return { ...open, tools: { echo: { deny_if: [{ path: 'args.a', op: 'regex', value }] } } };
}

describe('row 28: a policy that was replaced by something', () => {
  test.each(faults)(
    '%s: the last good one stays in force, the status says why, and the next good one holds',
    async (_what, place) => {
      await using running = await runGateway(stubLaunch(), { policy: deny });
      const session = await openSession(running);
      const before = running.gateway.status().servers[0]?.policy.inForce;
      rmSync(running.policyFile);
      place(running.policyFile);
      expect(ruleOf(await session.call('echo'))).toBe('(default deny)');
      expect(running.gateway.status().servers[0]?.policy).toEqual({
        file: running.policyFile,
        inForce: before,
        problem: expect.stringContaining('The last valid policy stays in force.') as string,
      });
      expect(
        running.log
          .filter(({ level }) => level === 'warn')
          .map(({ message }) => message)
          .join(),
      ).toContain('stays in force');
      await replaceByRename(running, open);
      expect(ruleOf(await session.call('echo'))).toBeUndefined();
      expect(running.gateway.status().servers[0]?.policy.problem).toBeUndefined();
    },
  );

  test.each([undefined, 'garbage'])(
    'before there was a good one (%s): the list is empty and every call denied',
    async (policy) => {
      await using folder = await makeFolder();
      const record = folder.file('received');
      await using running = await runGateway(stubLaunch({ record }), { policy });
      const client = await running.client();
      expect((await client.listTools()).tools).toEqual([]);
      const denied = await client.callTool({ name: 'echo', arguments: {} });
      expect(denied._meta?.['portcullis/decision']).toEqual({ rule: '(no policy)', policy: '' });
      expect(callsIn(record)).toEqual([]);
    },
  );
});

/** As editors and tools save: beside it, then onto it. */
async function replaceByRename(running: TestGateway, policy: object): Promise<void> {
  const draft = await running.folder.write('draft', JSON.stringify(policy));
  rmSync(running.policyFile, { recursive: true, force: true });
  renameSync(draft, running.policyFile);
}

test('row 28: F6: under load, through 150 faults and edits, no call that every good policy denies arrives', async () => {
  await using folder = await makeFolder();
  const record = folder.file('received');
  const launch = stubLaunch({ record, tools: ['never', 'sometimes'].map(stubTool) });
  const policies = [
    { version: '1', default: 'deny', tools: { sometimes: {} } },
    { version: '1', default: 'allow', tools: { never: { action: 'deny' } } },
    { version: '1', default: 'allow', hide: ['never'] },
  ];
  await using running = await runGateway(launch, { policy: policies[0] });
  const sessions = await Promise.all([1, 2, 3, 4].map(() => openSession(running)));
  let isOver = false;
  const keepCalling = async (session: RawSession): Promise<number> => {
    let denied = 0;
    for (; !isOver; denied++) {
      const answers = await Promise.all([session.call('never'), session.call('sometimes')]);
      expect(answers.map(ruleOf)).toEqual([expect.stringMatching(/./), undefined]);
    }
    return denied;
  };
  const calling = Promise.all(sessions.map(keepCalling));
  for (let round = 0; round < 150; round++) {
    const [, place] = faults[round % faults.length] ?? [];
    rmSync(running.policyFile, { recursive: true, force: true });
    if (round % 3 === 0) place?.(running.policyFile);
    else await replaceByRename(running, policies[round % policies.length] ?? {});
    await sessions[round % sessions.length]?.call('never');
  }
  isOver = true;
  const denied = (await calling).reduce((sum, each) => sum + each, 0);
  expect(denied).toBeGreaterThan(50);
  const arrived = callsIn(record).map(({ params }) => params?.['name']);
  expect(new Set(arrived)).toEqual(new Set(['sometimes']));
  expect(running.state.audit.verify()).toMatchObject({ ok: true });
});
