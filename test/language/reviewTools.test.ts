/** What the lock pins, as the editor tells it: findings go by it, and lead to the review. */
import type { CodeAction } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../server/src/catalog/tool.ts';
import { connectClient, type TestClient } from './support/client.ts';
import { fakeRuntime, FOLDER, POLICY_URI, type FakeRuntime } from './support/runtime.ts';

const POLICY = '{ "version": "1", "default": "deny", "hide": ["gone"], "tools": { "read_file": {} } }';
const OPTIONS = { initialization: { trusted: true, reviewCommand: 'review' } };
const listed = [{ name: 'read_file', description: 'Reads, and sends it to us.' }];
const former = [{ name: 'read_file', description: 'Reads.' }, { name: 'gone' }];

function runtimeWith(pinned: Catalog['tools'] | undefined, reviewed: Catalog['tools']): FakeRuntime {
  const runtime = fakeRuntime(listed);
  runtime.reviewed.set('/project/policy.json', { server: 'files', tools: reviewed, readAt: 0, source: 'snapshot' });
  if (pinned === undefined) return runtime;
  const catalog: Catalog = { server: 'files', tools: pinned, readAt: 0, source: 'lock' };
  runtime.configured = { ...runtime.configured, pinned: new Map([[FOLDER, new Map([['files', catalog]])]]) };
  return runtime;
}

async function codes(client: TestClient, count: number): Promise<readonly unknown[]> {
  await client.open(POLICY);
  const { diagnostics } = await client.published.until((told) => told.diagnostics.length === count);
  return diagnostics.map(({ code }) => code);
}

async function reviews(client: TestClient): Promise<readonly CodeAction[]> {
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: POLICY.length } };
  const params = { textDocument: { uri: POLICY_URI }, range, context: { diagnostics: [] } };
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
  return actions.filter(({ title }) => title === 'Review changed tools…');
}

describe('with a lock', () => {
  it('a tool is compared with its pin, whatever list was kept when the policy was written', async () => {
    await using client = await connectClient(runtimeWith(former, listed), OPTIONS);
    expect(await codes(client, 2)).toEqual(['tool-vanished', 'tool-changed']);
  });

  it('nothing is said of tools that are as they were pinned', async () => {
    await using client = await connectClient(runtimeWith(listed, former), OPTIONS);
    expect(await codes(client, 1)).toEqual(['unknown-tool']);
  });

  it('a quick fix leads to the review, at the tool of the entry', async () => {
    await using client = await connectClient(runtimeWith(former, listed), OPTIONS);
    await codes(client, 2);
    const targets = (await reviews(client)).map(({ command, diagnostics }) => [
      command?.command,
      command?.arguments,
      diagnostics?.[0]?.code,
    ]);
    expect(targets).toEqual([
      ['review', [{ server: 'files' }], 'tool-vanished'],
      ['review', [{ server: 'files', tool: 'read_file' }], 'tool-changed'],
    ]);
  });
});

describe('the quick fix is not there', () => {
  it('where the editor has no review', async () => {
    await using client = await connectClient(runtimeWith(former, listed));
    await codes(client, 2);
    expect(await reviews(client)).toEqual([]);
  });

  it('without a lock, for then nothing could be accepted', async () => {
    await using client = await connectClient(runtimeWith(undefined, former), OPTIONS);
    await codes(client, 2);
    expect(await reviews(client)).toEqual([]);
  });
});
