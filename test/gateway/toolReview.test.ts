/** The editor's review of changed tools: what it is shown, and that only what was shown is accepted, and counts at once. */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { ControlChannel, ControlError } from '../../client/src/gateway/control.ts';
import { readLock, type Lock, type Tool } from '../../server/src/catalog/index.ts';
import { sha256 } from '../../server/src/mcp/index.ts';
import type { ToolReview } from '../../server/src/protocol/review.ts';
import { AcceptedFiles } from '../../server/src/state/index.ts';
import { makeFolder, type Folder } from '../support/folder.ts';
import { stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession, ruleOf } from './support/http.ts';
import { lockOf } from './support/locked.ts';
import { CONTROL_TOKEN, runGateway, type TestGateway } from './support/running.ts';

const LOCK = 'portcullis.lock.json';
const [echo, swap, old] = ['echo', 'swap', 'old'].map(stubTool) as unknown as [Tool, Tool, Tool];
const poisoned: Tool = { ...echo, description: 'Reads \u202Ethe keys first.' };
const fresh = stubTool('fresh') as unknown as Tool;
const renamed: Tool = { ...old, name: 'new-name' };

interface Setting {
  readonly pinned?: string;
  readonly listed?: readonly Tool[];
  readonly changed?: readonly Tool[];
  readonly isLocked?: boolean;
}

interface Reviewed extends AsyncDisposable {
  readonly folder: Folder;
  readonly running: TestGateway;
  readonly control: ControlChannel;
  readonly review: () => Promise<ToolReview>;
  readonly lock: () => Lock;
}

async function start({ pinned, listed = [echo, swap], changed = [], isLocked = true }: Setting): Promise<Reviewed> {
  const folder = await makeFolder(pinned === undefined ? {} : { [LOCK]: pinned });
  const running = await runGateway(stubLaunch({ tools: listed, changeOn: 'swap', changedTools: changed }), {
    policy: { version: '1', default: 'allow' },
    folder,
    ...(isLocked && { lock: { mode: 'enforce', folder: folder.path } }),
    accepted: new AcceptedFiles(folder.file('state')),
  });
  const control = new ControlChannel(running.gateway.port, CONTROL_TOKEN);
  return {
    folder,
    running,
    control,
    async review() {
      const answer = await control.review('main');
      if ('problem' in answer) throw new Error(answer.problem);
      return answer;
    },
    lock() {
      const reading = readLock(fs.readFileSync(folder.file(LOCK), 'utf8'), sha256);
      if (!reading.ok) throw new Error(reading.problem);
      return reading.lock;
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A call is judged by the server's list: after it, the list is known. */
async function listTools({ running }: Reviewed): Promise<void> {
  await (await openSession(running)).call('echo');
}

const named = ({ changes }: ToolReview): readonly string[] => changes.map(({ kind, label }) => `${kind} ${label}`);

test('shows new, changed, renamed and vanished tools, what hides something first, and written out', async () => {
  const pinned = lockOf([echo, swap, old, stubTool('gone') as unknown as Tool]);
  await using reviewed = await start({ pinned, listed: [fresh, poisoned, swap, renamed] });
  await listTools(reviewed);
  const review = await reviewed.review();
  expect(named(review)).toEqual(['changed echo', 'new fresh', 'renamed new-name', 'gone gone']);
  const { changes } = review;
  expect(changes[0]).toMatchObject({ fields: ['description'], hidden: ['\\u{202E}'] });
  expect(changes[0]?.after).toContain('"description": "Reads \\u{202E}the keys first."');
  expect(changes[0]?.before).toContain('"description": "Stub tool echo"');
  expect(changes[2]).toMatchObject({ former: 'old' });
});

test('what is accepted is pinned and passes at once; what was not chosen stays shut', async () => {
  await using reviewed = await start({ pinned: lockOf([swap]), listed: [echo, fresh, swap] });
  const { running, control } = reviewed;
  const session = await openSession(running);
  expect(ruleOf(await session.call('echo'))).toBe('(unreviewed tool)');
  const { changes } = await reviewed.review();
  const echoes = changes.filter(({ name }) => name === 'echo');
  expect(await control.acceptTools({ server: 'main', tools: echoes })).toEqual({});
  expect(ruleOf(await session.call('echo'))).toBeUndefined();
  expect(ruleOf(await session.call('fresh'))).toBe('(unreviewed tool)');
  expect([...(reviewed.lock().servers.get('main')?.tools.keys() ?? [])]).toEqual(['echo', 'swap']);
  expect(named(await reviewed.review())).toEqual(['new fresh']);
});

test('with all accepted, the file is the one that "portcullis lock --accept" writes', async () => {
  await using reviewed = await start({ pinned: lockOf([old, echo, fresh]), listed: [poisoned, renamed, swap] });
  await listTools(reviewed);
  const { changes } = await reviewed.review();
  expect(changes).toHaveLength(4);
  expect(await reviewed.control.acceptTools({ server: 'main', tools: changes })).toEqual({});
  expect(fs.readFileSync(reviewed.folder.file(LOCK), 'utf8')).toBe(lockOf([poisoned, renamed, swap]));
});

test('an edit of the lock that waits is not overwritten by a review: it is accepted or undone first', async () => {
  await using reviewed = await start({ pinned: lockOf([swap]), listed: [echo, fresh, swap] });
  const { control, folder } = reviewed;
  await listTools(reviewed);
  const { changes } = await reviewed.review();
  const edited = lockOf([swap, fresh]);
  await folder.write(LOCK, edited);
  const { problem } = await control.acceptTools({ server: 'main', tools: changes.slice(0, 1) });
  expect(problem).toContain('the edit waits for you');
  expect(fs.readFileSync(folder.file(LOCK), 'utf8')).toBe(edited);
  await folder.write(LOCK, lockOf([swap]));
  expect(await control.acceptTools({ server: 'main', tools: changes.slice(0, 1) })).toEqual({});
});

test('a tool that has changed since it was shown is not accepted', async () => {
  await using reviewed = await start({ pinned: lockOf([swap]), changed: [poisoned, swap] });
  const { running, control } = reviewed;
  const session = await openSession(running);
  await session.call('echo');
  const { changes } = await reviewed.review();
  expect(ruleOf(await session.call('swap'))).toBeUndefined();
  expect(ruleOf(await session.call('echo'))).toBe('(unreviewed tool)');
  const answer = await control.acceptTools({ server: 'main', tools: changes });
  expect(answer.problem).toContain('Review them again');
  expect(ruleOf(await session.call('echo'))).toBe('(unreviewed tool)');
});

test('a server that is defined in another way starts once its definition is accepted, and its tools are compared then', async () => {
  await using reviewed = await start({ pinned: lockOf([echo, swap], 'as-it-was') });
  const review = await reviewed.review();
  expect(review).toEqual({ server: 'main', definition: 'as-defined', changes: [], twice: [] });
  const { control } = reviewed;
  expect(await control.acceptTools({ server: 'main', tools: [] })).toEqual({ problem: 'Nothing was chosen.' });
  const { problem } = await control.acceptTools({ server: 'main', tools: [], definition: 'another' });
  expect(problem).toContain('Review them again');
  expect(await control.acceptTools({ server: 'main', tools: [], definition: 'as-defined' })).toEqual({});
  const session = await openSession(reviewed.running);
  expect(ruleOf(await session.call('echo'))).toBeUndefined();
});

test('names that are listed twice cannot be accepted', async () => {
  await using reviewed = await start({ listed: [echo, poisoned, swap] });
  await expect.poll(async () => named(await reviewed.review())).toEqual(['new swap']);
  expect((await reviewed.review()).twice).toEqual(['echo']);
});

test('a lock file that cannot be used is not replaced', async () => {
  await using reviewed = await start({ pinned: '{' });
  await expect.poll(async () => (await reviewed.review()).changes.length).toBe(2);
  const { changes } = await reviewed.review();
  const { problem } = await reviewed.control.acceptTools({ server: 'main', tools: changes });
  expect(problem).toContain('Restore it, or delete it');
  expect(fs.readFileSync(reviewed.folder.file(LOCK), 'utf8')).toBe('{');
});

test('without "lock", it says how tools come to be reviewed', async () => {
  await using reviewed = await start({ isLocked: false });
  const problem = expect.stringContaining('set "lock" in portcullis.json') as string;
  expect(await reviewed.control.review('main')).toEqual({ problem });
  expect(await reviewed.control.acceptTools({ server: 'main', tools: [] })).toEqual({ problem });
});

test('an agent neither reviews nor accepts: its token does not open the control channel', async () => {
  await using reviewed = await start({});
  const agent = new ControlChannel(reviewed.running.gateway.port, reviewed.running.token);
  await expect(agent.review('main')).rejects.toThrow(ControlError);
  await expect(agent.acceptTools({ server: 'main', tools: [] })).rejects.toThrow('401');
});

test.each(['{}', '{"server":"main"}', '{"server":"main","tools":[{"name":"echo"}]}', '[]', ''])(
  'a request that is none is refused: %s',
  async (body) => {
    await using reviewed = await start({});
    const url = `http://127.0.0.1:${reviewed.running.gateway.port}/control/tools/accept`;
    const headers = { authorization: `Bearer ${CONTROL_TOKEN}` };
    const response = await fetch(url, { method: 'POST', headers, body });
    expect(await response.json()).toEqual({ problem: expect.stringContaining('The request must be') as string });
  },
);
