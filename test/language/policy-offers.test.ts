import { describe, expect, it } from 'vitest';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { languageMessages, type PolicyOffersResult } from '../../server/src/protocol/language.ts';
import { connectClient, type TestClient } from './support/client.ts';
import { fakeRuntime, POLICY_URI } from './support/runtime.ts';

const TOOLS = [{ name: 'read_file' }, { name: 'write_file' }, { name: 'delete_file' }];

const ask = (client: TestClient, params: object): Promise<PolicyOffersResult | null> =>
  client.connection.sendRequest(languageMessages.policyOffers, params);

describe('policy offers', () => {
  it('are new policies for the tools of the live server, one for each profile', async () => {
    const runtime = fakeRuntime(TOOLS);
    await using client = await connectClient(runtime);
    const result = await ask(client, { server: 'files' });
    expect(runtime.started).toEqual(['files']);
    expect(result).toMatchObject({
      kind: 'offers',
      tools: 3,
      offers: [
        { profile: 'recommended', counts: { allowed: 1, limited: 1, approval: 0, denied: 0, hidden: 1 }, edits: [] },
        { profile: 'read-only', counts: { allowed: 1, hidden: 2 } },
        { profile: 'deny-all', counts: { denied: 3 } },
      ],
    });
    const text = result?.kind === 'offers' ? result.offers[0]?.text : undefined;
    expect(JSON.parse(text ?? '')).toMatchObject({ server: 'files', hide: ['delete_file'], tools: { read_file: {} } });
  });

  it('are edits of the policy that is open, against the text that is being typed', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const text =
      '{\n  "version": "1",\n  "default": "deny",\n  "tools": {\n    "read_file":   {},\n    "gone": {}\n  }\n}\n';
    await client.open(text);
    const result = await ask(client, { server: 'files', policyUri: POLICY_URI });
    if (result?.kind !== 'offers') throw new Error(JSON.stringify(result));
    expect(result.base).toBe(text);
    expect(result.offers.map(({ profile }) => profile)).toEqual(['read-only', 'recommended', 'deny-all']);
    const offer = result.offers[1];
    expect(offer).toMatchObject({ counts: { allowed: 0, limited: 1, hidden: 1 }, removed: 1 });
    const edited = TextDocument.applyEdits(TextDocument.create(POLICY_URI, 'json', 0, text), [...(offer?.edits ?? [])]);
    expect(edited).toBe(offer?.text);
    expect(edited).toContain('"read_file":   {}');
    expect(JSON.parse(edited)).toMatchObject({ hide: ['delete_file'], tools: { read_file: {}, write_file: {} } });
  });

  it('are not made while no tools can be had', async () => {
    const runtime = fakeRuntime(TOOLS);
    runtime.answer = () => Promise.reject(new Error('It does not start.'));
    await using client = await connectClient(runtime);
    expect(await ask(client, { server: 'files' })).toEqual({ kind: 'no tools', problem: 'It does not start.' });
  });

  it('start nothing in a workspace that is not trusted', async () => {
    const runtime = fakeRuntime(TOOLS);
    await using client = await connectClient(runtime, { initialization: { trusted: false } });
    expect(await ask(client, { server: 'files' })).toEqual({ kind: 'no tools' });
    expect(runtime.started).toEqual([]);
  });

  it('are given up when the person cancels, and so is the listing', async () => {
    const runtime = fakeRuntime(TOOLS);
    const cancelling = new CancellationTokenSource();
    let stopped: AbortSignal | undefined;
    runtime.answer = (_, { signal }) => {
      stopped = signal;
      cancelling.cancel();
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('Stopped.'))));
    };
    await using client = await connectClient(runtime);
    const asked = client.connection.sendRequest(languageMessages.policyOffers, { server: 'files' }, cancelling.token);
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
    expect(stopped?.aborted).toBe(true);
  });

  it('say what is wrong with a broken policy', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    await client.open('{ "version": "1" }');
    const result = await ask(client, { server: 'files', policyUri: POLICY_URI });
    expect(result).toMatchObject({ kind: 'refused', problem: expect.stringContaining('default') as string });
  });

  it('need a server that is configured', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    expect(await ask(client, { server: 'nobody' })).toBeNull();
  });
});
