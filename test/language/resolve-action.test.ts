/** Refactorings whose edit is worked out when one is chosen, through the protocol. */
import type { CodeAction } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { connectClient, type TestClient } from './support/client.ts';
import { fakeRuntime, POLICY_URI } from './support/runtime.ts';
import { TOOLS } from './support/view.ts';

const POLICY = '{ "version": "1", "default": "deny", "tools": { "write_|file": { "action": "deny" } } }';
const RESOLVING = { dataSupport: true, resolveSupport: { properties: ['edit'] } };

async function offered(client: TestClient): Promise<CodeAction> {
  const { position } = await client.open(POLICY);
  await client.live();
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: POLICY_URI },
    range: { start: position, end: position },
    context: { diagnostics: [], only: ['refactor'] },
  });
  const action = actions.find(({ title }) => title === 'Hide this tool');
  if (action === undefined) throw new Error('Hiding is not offered.');
  return action;
}

test('come without an edit, and with it once chosen', async () => {
  await using client = await connectClient(fakeRuntime(TOOLS), {
    capabilities: { textDocument: { codeAction: RESOLVING } },
  });
  const action = await offered(client);
  expect(action.edit).toBeUndefined();
  const chosen = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
  expect(JSON.stringify(chosen.edit)).toContain(String.raw`\"hide\": [\"write_file\"]`);
});

test('stay without one when the text has changed meanwhile', async () => {
  await using client = await connectClient(fakeRuntime(TOOLS), {
    capabilities: { textDocument: { codeAction: RESOLVING } },
  });
  const action = await offered(client);
  await client.change(POLICY_URI, 7, POLICY.replace('|', '').replace('deny"', 'allow"'));
  const chosen = await client.connection.sendRequest<CodeAction>('codeAction/resolve', action);
  expect(chosen.edit).toBeUndefined();
});

test('come with the edit at once where the editor cannot ask again', async () => {
  await using client = await connectClient(fakeRuntime(TOOLS));
  expect((await offered(client)).edit).toBeDefined();
});
