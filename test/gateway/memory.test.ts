/** A real server with a side effect that can be looked at: server-memory writes a file, and the file tells which calls arrived. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeFolder } from '../support/folder.ts';
import { realLaunch } from '../support/servers/start.ts';
import { runGateway, textOf } from './support/running.ts';

const policy = {
  version: '1',
  default: 'deny',
  hide: ['delete_*'],
  tools: {
    create_entities: {
      deny_if: [{ path: 'args.entities[*].name', op: 'contains', value: 'secret', on_deny: 'No secrets in memory.' }],
    },
    read_graph: {},
  },
};

const entity = (name: string) => ({ entities: [{ name, entityType: 'note', observations: ['x'] }] });

test('a denied write never arrives, an allowed one does', async () => {
  await using folder = await makeFolder();
  const memory = folder.file('memory.jsonl');
  await using running = await runGateway(realLaunch('memory', [], { MEMORY_FILE_PATH: memory }), { policy });
  const client = await running.client();

  const denied = await client.callTool({ name: 'create_entities', arguments: entity('secret plan') });
  expect(textOf(denied)).toBe('[POLICY DENIED] No secrets in memory.');
  expect(denied.isError).toBe(true);
  expect(denied._meta?.['portcullis/decision']).toMatchObject({
    rule: '/tools/create_entities/deny_if/args.entities[*].name-contains',
  });
  const allowed = await client.callTool({ name: 'create_entities', arguments: entity('shopping list') });
  expect(allowed.isError).toBeFalsy();

  const written = readFileSync(memory, 'utf8');
  expect(written).toContain('shopping list');
  expect(written).not.toContain('secret');
  expect(running.decisions().map(({ decision, tool }) => [decision, tool])).toEqual([
    ['deny', 'create_entities'],
    ['allow', 'create_entities'],
  ]);
  expect(running.outcomes().map(({ outcome }) => outcome)).toEqual(['ok']);
  expect(running.state.audit.verify()).toMatchObject({ ok: true });
});

test('hidden tools are not listed, and a call of one looks like a call of none', async () => {
  await using folder = await makeFolder();
  await using running = await runGateway(realLaunch('memory', [], { MEMORY_FILE_PATH: folder.file('memory.jsonl') }), {
    policy,
  });
  const client = await running.client();

  const names = (await client.listTools()).tools.map(({ name }) => name);
  expect(names).toContain('open_nodes');
  expect(names.filter((name) => name.startsWith('delete_'))).toEqual([]);

  const hidden = await client.callTool({ name: 'delete_entities', arguments: { entityNames: ['x'] } });
  const unknown = await client.callTool({ name: 'no_such_tool', arguments: {} });
  expect(hidden).toEqual(unknown);
  expect(textOf(hidden)).toBe('[POLICY DENIED] Tool is not available.');
  expect(hidden._meta?.['portcullis/decision']).toMatchObject({ rule: '(unavailable)' });
  expect(running.decisions().map(({ rule }) => rule)).toEqual(['(hidden)', '(unknown tool)']);
});
