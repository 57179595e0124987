/** Lists that the gateway answers without asking: only while the server would tell of a change, and never by another policy. */
import { expect, test } from 'vitest';
import { KeptPages } from '../../server/src/gateway/upstream/keptPages.ts';
import { makeFolder } from '../support/folder.ts';
import { received, stubLaunch, stubTool } from '../support/servers/start.ts';
import { openSession } from './support/http.ts';
import { runGateway } from './support/running.ts';

const policy = { version: '1', default: 'allow', hide: ['hidden'] };

const list = (id: number) => ({ jsonrpc: '2.0', id, method: 'tools/list' });

function asked(record: string): number {
  return received(record).filter(({ method }) => method === 'tools/list').length;
}

test('a server that tells of changes is asked once for all lists, and an edit of the policy still holds for the next one', async () => {
  await using folder = await makeFolder();
  const record = folder.file('received');
  const tools = ['a', 'b', 'hidden'].map(stubTool);
  await using running = await runGateway(stubLaunch({ record, tools }), { policy });
  const session = await openSession(running);
  const first = (await session.post(list(1))).text;
  const before = asked(record);

  const second = (await session.post(list(2))).text;
  expect(second).toBe(first.replace('"id":1', '"id":2'));
  expect(second).not.toContain('"hidden"');
  await running.writePolicy({ ...policy, hide: ['a'] });
  const third = (await session.post(list(3))).text;
  expect(third).not.toContain('"a"');
  expect(third).toContain('"hidden"');
  expect(asked(record)).toBe(before);
});

test('its news of a change holds for the next list', async () => {
  await using folder = await makeFolder();
  const record = folder.file('received');
  const options = { record, changeOn: 'a', changedTools: [stubTool('later')] };
  await using running = await runGateway(stubLaunch({ ...options, tools: ['a', 'b'].map(stubTool) }), { policy });
  const session = await openSession(running);
  expect((await session.post(list(1))).text).toContain('"b"');
  await session.call('a');
  const after = (await session.post(list(2))).text;
  expect(after).toContain('"later"');
  expect(after).not.toContain('"b"');
});

test.each([
  ['that does not promise to tell of changes', { capabilities: { tools: {} } }],
  ['of which more is asked than a page', {}],
])('a server %s is asked each time', async (_, options) => {
  await using folder = await makeFolder();
  const record = folder.file('received');
  await using running = await runGateway(stubLaunch({ record, ...options }), { policy });
  const session = await openSession(running);
  const more = 'capabilities' in options ? {} : { params: { _meta: { trace: 'x' } } };
  await session.post({ ...list(1), ...more });
  const before = asked(record);
  await session.post({ ...list(2), ...more });
  expect(asked(record)).toBe(before + 1);
});

test('pages are of no use once something may have been missed, until they are read anew', async () => {
  let hearing: number | undefined = 1;
  const pages = new KeptPages(() => hearing);
  const read = () =>
    pages.keep(
      async () => ({ tools: [] }),
      async (ask) => void (await ask('tools/list')),
    );
  await read();
  expect(pages.find(undefined)).toEqual({ tools: [] });
  hearing = undefined;
  expect([pages.find(undefined), pages.isStale]).toEqual([undefined, false]);
  hearing = 2;
  expect([pages.find(undefined), pages.isStale]).toEqual([undefined, true]);
  await read();
  expect(pages.find(undefined)).toEqual({ tools: [] });
  expect(pages.find('another')).toBeUndefined();
});

test('pages of a reading that failed are not kept', async () => {
  const pages = new KeptPages(() => 1);
  const reading = pages.keep(
    async () => ({ tools: [] }),
    async (ask) => {
      await ask('tools/list');
      throw new Error('the second page is none');
    },
  );
  await expect(reading).rejects.toThrow('second page');
  expect(pages.find(undefined)).toBeUndefined();
});
