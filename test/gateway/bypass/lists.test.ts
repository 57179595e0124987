/** Ways around a policy by lists of tools (rows 20 and 21 of docs/security-tests.md). */
import { expect, test } from 'vitest';
import { makeFolder } from '../../support/folder.ts';
import { stubLaunch, stubTool } from '../../support/servers/start.ts';
import { openSession, ruleOf } from '../support/http.ts';
import { callsIn } from '../support/recorded.ts';
import { runGateway } from '../support/running.ts';

const policy = { version: '1', default: 'allow', hide: ['hidden'] };
const names = ['echo', 'a', 'hidden', 'b', 'twice', 'c', 'twice'];

test('row 20: a hidden tool, and one that is listed twice, is on no page and cannot be called', async () => {
  await using folder = await makeFolder();
  const record = folder.file('received');
  await using paged = await runGateway(stubLaunch({ record, tools: names.map(stubTool), pageSize: 2 }), { policy });
  const client = await paged.client();
  const listed: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await client.listTools(cursor === undefined ? {} : { cursor });
    listed.push(...page.tools.map(({ name }) => name));
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  expect(listed).toEqual(names.filter((name) => !['hidden', 'twice'].includes(name)));
  const own = await openSession(paged);
  expect(ruleOf(await own.call('twice'))).toBe('(unavailable)');
  expect(callsIn(record)).toEqual([]);
});

test('row 20: pages that never end are an error, and nothing is called', async () => {
  await using folder = await makeFolder();
  const record = folder.file('received');
  await using looping = await runGateway(stubLaunch({ record, cursorLoop: true, tools: 3, pageSize: 1 }), { policy });
  const own = await openSession(looping);
  expect((await own.call('tool_1')).json.error?.message).toContain('never end');
  expect(callsIn(record)).toEqual([]);
});

test('row 21: what a client still has on its list decides nothing', async () => {
  await using folder = await makeFolder();
  const record = folder.file('received');
  await using running = await runGateway(stubLaunch({ record, tools: ['echo', 'a'].map(stubTool) }), { policy });
  const session = await openSession(running);
  expect((await session.post({ jsonrpc: '2.0', id: 1, method: 'tools/list' })).text).toContain('"echo"');
  await running.writePolicy({ ...policy, hide: ['echo'] });
  expect(ruleOf(await session.call('echo'))).toBe('(unavailable)');
  expect((await session.post({ jsonrpc: '2.0', id: 2, method: 'tools/list' })).text).not.toContain('"echo"');
  expect(callsIn(record)).toEqual([]);
});

test('row 21: clients are told to ask for the list again when an edit of the policy changes it, and not otherwise', async () => {
  await using running = await runGateway(stubLaunch({ tools: ['a', 'b'].map(stubTool) }), { policy });
  const listed: string[][] = [];
  let told: () => void = () => undefined;
  const changed = new Promise<void>((resolve) => (told = resolve));
  const client = await running.client({
    listChanged: {
      tools: {
        onChanged: (_error, tools) => {
          listed.push((tools ?? []).map(({ name }) => name));
          told();
        },
      },
    },
  });
  await client.listTools();
  await running.writePolicy({ ...policy, description: 'nothing new' });
  await running.writePolicy({ ...policy, hide: ['a'] });
  await changed;
  expect(listed).toEqual([['b']]);
});
