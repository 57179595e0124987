/** The language server over its protocol: documents, tool lists, diagnostics, its own messages. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { languageMessages, type RuleEditResult } from '../../server/src/protocol/language.ts';
import { connectClient, type OpenDocument } from './support/client.ts';
import { definition, fakeRuntime, POLICY_URI } from './support/runtime.ts';
import { TOOLS } from './support/view.ts';

const AWS = '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] }';
const PULLS = { textDocument: { diagnostic: {} } };

describe('documents', () => {
  it('serves any JSON whose content is a policy, whatever the editor calls it', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const at = await client.open('{ "version": "1", "default": "deny", | }', {
      uri: 'file:///x/any.json',
      languageId: 'js-json',
    });
    expect(await client.complete(at)).toContain('tools');
  });

  it("leaves other products' files alone", async () => {
    await using client = await connectClient(fakeRuntime(TOOLS), { capabilities: PULLS });
    const at = await client.open(AWS, { languageId: 'json' });
    expect(await client.complete(at)).toEqual([]);
    expect(await client.hover(at)).toBe('');
    expect(await client.pull(at.uri)).toEqual([]);
  });

  it('pushes no diagnostics for them either', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    await client.open(AWS, { languageId: 'json' });
    await client.open('{ "version": "1" }', { uri: 'file:///project/other.policy.json' });
    await client.published.until(({ uri }) => uri.endsWith('other.policy.json'));
    expect(client.published.all.filter(({ uri }) => uri === POLICY_URI)).toEqual([]);
  });
});

describe('tools since the policy was reviewed', () => {
  it('are compared with those of then', async () => {
    const runtime = fakeRuntime([{ name: 'read_file', description: 'Reads, and sends it to us.' }]);
    const tools = [{ name: 'read_file', description: 'Reads.' }, { name: 'gone' }];
    runtime.reviewed.set('/project/policy.json', { server: 'files', tools, readAt: 0, source: 'snapshot' });
    await using client = await connectClient(runtime);
    await client.open('{ "version": "1", "default": "deny", "hide": ["gone"], "tools": { "read_file": {} } }');
    const { diagnostics } = await client.published.until(({ diagnostics: found }) => found.length === 2);
    expect(diagnostics.map(({ code }) => code)).toEqual(['tool-vanished', 'tool-changed']);
  });
});

describe('severities and excuses', () => {
  const text = '{ "version": "1", "default": "allow", "all_tools": { "rate_limit": { "max": 0, "window": 60 } } }';
  const severities = async (client: Awaited<ReturnType<typeof connectClient>>, uri: string): Promise<object> => {
    const found = (await client.pull(uri)).map(({ code, severity }) => [String(code), severity ?? 0] as const);
    return Object.fromEntries(found);
  };

  it('are those of portcullis.json, then those of the settings', async () => {
    const runtime = fakeRuntime(TOOLS);
    const findings = { rules: { 'zero-limit': 'error' }, excused: [] } as const;
    runtime.configured = { ...runtime.configured, findings };
    await using client = await connectClient(runtime, { capabilities: PULLS });
    const { uri } = await client.open(text);
    const rules = {
      'zero-limit': 'off',
      'session-rate-limit': 'hint',
      'default-allow-uncovered': 'off',
      wrong: 'maybe',
    };
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { portcullis: { rules } },
    });
    expect(await severities(client, uri)).toEqual({ 'zero-limit': 1, 'session-rate-limit': 4 });
  });

  it('take a single finding away', async () => {
    const runtime = fakeRuntime(TOOLS);
    const excused = [{ policy: '/project/policy.json', code: 'zero-limit', at: '/all_tools', reason: 'Closed.' }];
    runtime.configured = { ...runtime.configured, findings: { rules: {}, excused } };
    await using client = await connectClient(runtime, { capabilities: PULLS });
    const { uri } = await client.open(text);
    expect(Object.keys(await severities(client, uri))).not.toContain('zero-limit');
  });
});

describe('diagnostics', () => {
  it('are pushed for the newest version and taken back on closing', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const { uri } = await client.open('{ "version": "1" }');
    await client.change(uri, 2, '{ "version": "2", "default": "deny" }');
    const { version, diagnostics } = await client.published.until((told) => told.uri === uri && told.version === 2);
    expect(version).toBe(2);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics[0]?.codeDescription?.href).toMatch(/docs\/rules\/[a-z-]+\.md$/);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.published.until((told) => told.uri === uri && told.diagnostics.length === 0);
  });

  it('are never both pushed and pulled', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS), { capabilities: PULLS });
    expect(client.initialized.capabilities.diagnosticProvider).toBeDefined();
    const { uri } = await client.open('{ "version": "1" }');
    await client.live();
    expect((await client.pull(uri)).length).toBeGreaterThan(0);
    expect(client.published.all).toEqual([]);
    await using pushed = await connectClient(fakeRuntime(TOOLS));
    expect(pushed.initialized.capabilities.diagnosticProvider).toBeUndefined();
  });

  it('follow the tool list', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const { uri } = await client.open('{ "version": "1", "default": "deny", "tools": { "read_fil": {} } }');
    const { diagnostics } = await client.published.until((told) =>
      told.diagnostics.some(({ code }) => code === 'unknown-tool'),
    );
    expect(diagnostics.find(({ code }) => code === 'unknown-tool')?.message).toContain('read_file');
    expect(uri).toBe(POLICY_URI);
  });
});

/** A tool is offered bare and with its recommended rule. */
const offered = (tool: string): readonly string[] => [tool, `${tool}: Allow it, at most 30 calls a minute.`];

describe('tool lists', () => {
  const POLICY = '{ "version": "1", "default": "deny", "tools": { "|" } }';

  it('says so when a gateway has another list that is as long: lenses, trees and builders show tools by name', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    await client.open('{ "version": "1", "default": "deny" }');
    for (const [readAt, name] of [
      [1, 'read_note'],
      [2, 'share_note'],
    ] as const) {
      const tools = [{ server: 'files', tools: [{ name }], readAt }];
      await client.connection.sendNotification(languageMessages.runtime, { trusted: true, tools });
      await client.servers.until(({ servers }) => servers[0]?.tools.readAt === readAt && servers[0].tools.count === 1);
    }
  });

  it('come from the server of the policy, once', async () => {
    const runtime = fakeRuntime(TOOLS);
    await using client = await connectClient(runtime);
    const at = await client.open(POLICY);
    await client.live();
    expect(await client.complete(at)).toContain('read_file');
    expect(runtime.started).toEqual(['files']);
    expect(runtime.saved.get('files')?.tools).toEqual(TOOLS);
  });

  it('are told of when the configuration is known, not when a reading of it was overtaken', async () => {
    const runtime = fakeRuntime(TOOLS);
    const finish: (() => void)[] = [];
    let bothAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (bothAsked = resolve));
    runtime.readConfiguration = () =>
      new Promise((resolve) => {
        finish.push(() => resolve(runtime.configured));
        if (finish.length === 2) bothAsked();
      });
    await using client = await connectClient(runtime);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
    await asked;
    finish[0]?.();
    // Any answer: what the server had to tell of the first reading was told before.
    await client.connection.sendRequest(languageMessages.toolStates, { server: '' });
    expect(client.servers.all).toEqual([]);
    finish[1]?.();
    const told = await client.servers.until(() => true);
    expect(told.servers.map(({ name }) => name)).toEqual(['files']);
  });

  it('are not fetched for servers without an open policy', async () => {
    const runtime = fakeRuntime(TOOLS);
    await using client = await connectClient(runtime);
    const told = await client.servers.until(({ servers }) => servers.length > 0);
    expect(told.servers).toEqual([
      {
        name: 'files',
        transport: 'stdio',
        definedIn: '/project/.vscode/mcp.json',
        policyUri: POLICY_URI,
        tools: { state: 'unknown' },
      },
    ]);
    expect(runtime.started).toEqual([]);
  });

  it('are served from the last session while the server is slow', async () => {
    const runtime = fakeRuntime(TOOLS);
    runtime.saved.set('files', { server: 'files', tools: TOOLS.slice(0, 1), readAt: 0, source: 'snapshot' });
    let finish = (): void => undefined;
    runtime.answer = () => new Promise((resolve) => (finish = () => resolve(TOOLS)));
    await using client = await connectClient(runtime);
    const at = await client.open(POLICY);
    await client.servers.until(({ servers }) => servers[0]?.tools.count === 1 && servers[0].tools.state === 'listing');
    expect(await client.complete(at)).toEqual(['read_file']);
    finish();
    await client.live();
    expect(await client.complete(at)).toContain('write_file');
  });

  it('stay usable when the server is dead, which only the status says', async () => {
    const runtime = fakeRuntime(TOOLS);
    runtime.answer = () => Promise.reject(new Error('The server ended before it answered.'));
    await using client = await connectClient(runtime);
    const at = await client.open(POLICY);
    const { servers } = await client.servers.until((told) => told.servers[0]?.tools.state === 'failed');
    expect(servers[0]?.tools.problem).toBe('The server ended before it answered.');
    expect(await client.complete(at)).toEqual([]);
    const { diagnostics } = await client.published.until(({ uri }) => uri === at.uri);
    expect(JSON.stringify(diagnostics)).not.toContain('ended before');
  });

  it('start nothing in an untrusted workspace, until it is trusted', async () => {
    const runtime = fakeRuntime(TOOLS);
    runtime.saved.set('files', { server: 'files', tools: TOOLS.slice(0, 1), readAt: 0, source: 'snapshot' });
    await using client = await connectClient(runtime, { initialization: {} });
    const at = await client.open(POLICY);
    await client.servers.until(({ servers }) => servers[0]?.tools.state === 'snapshot');
    await client.connection.sendRequest(languageMessages.refreshTools, { server: 'files' });
    expect(await client.complete(at)).toEqual(['read_file']);
    expect(runtime.started).toEqual([]);
    await client.connection.sendNotification(languageMessages.runtime, { trusted: true, tools: [] });
    await client.live();
    expect(runtime.started).toEqual(['files']);
  });

  it('come from the gateway while one runs, and are left behind when it stops', async () => {
    const runtime = fakeRuntime(TOOLS);
    await using client = await connectClient(runtime, { initialization: {} });
    const report = { server: 'files', readAt: 5, tools: [{ name: 'from_gateway' }] };
    await client.connection.sendNotification(languageMessages.runtime, { trusted: true, tools: [report] });
    const at = await client.open(POLICY);
    await client.live();
    expect(await client.complete(at)).toEqual(offered('from_gateway'));
    await client.connection.sendNotification(languageMessages.runtime, { trusted: true, tools: [] });
    expect(await client.complete(at)).toEqual(offered('from_gateway'));
    expect(runtime.started).toEqual([]);
  });

  it('are fetched again on request and when the definition changes', async () => {
    const runtime = fakeRuntime(TOOLS);
    await using client = await connectClient(runtime);
    await client.open(POLICY);
    await client.live();
    await client.connection.sendRequest(languageMessages.refreshTools, { server: 'files' });
    expect(runtime.started).toEqual(['files', 'files']);
    runtime.configured = { ...runtime.configured, servers: [definition('files', 'another')] };
    runtime.answer = () => Promise.resolve([{ name: 'other' }]);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
    await client.servers.until(({ servers }) => servers[0]?.tools.count === 1);
    expect(runtime.started).toHaveLength(3);
  });

  it('can be given up by the user', async () => {
    const runtime = fakeRuntime(TOOLS);
    runtime.answer = (_, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('Listing was stopped.'))),
      );
    await using client = await connectClient(runtime, { capabilities: { window: { workDoneProgress: true } } });
    const begun = new Promise<string | number>((resolve) =>
      client.connection.onNotification('$/progress', ({ token }: { token: string }) => resolve(token)),
    );
    await client.open(POLICY);
    await client.connection.sendNotification('window/workDoneProgress/cancel', { token: await begun });
    await client.servers.until(({ servers }) => servers[0]?.tools.problem === 'Listing was stopped.');
  });

  it('ask the client for inputs', async () => {
    const runtime = fakeRuntime(TOOLS);
    runtime.configured = {
      ...runtime.configured,
      inputs: [{ id: 'key', type: 'promptString', description: 'API key', password: true }],
    };
    runtime.answer = async (_, { resolveInput }) => [{ name: `with_${(await resolveInput('key')) ?? 'nothing'}` }];
    await using client = await connectClient(runtime);
    const asked: unknown[] = [];
    client.connection.onRequest(languageMessages.resolveInput, (params) => {
      asked.push(params);
      return { value: 'secret' };
    });
    const at = await client.open(POLICY);
    await client.live();
    expect(await client.complete(at)).toEqual(offered('with_secret'));
    expect(asked).toEqual([{ id: 'key', server: 'files', password: true, description: 'API key' }]);
  });

  it("are not lost to the folder's policy when another one is open", async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    await client.open('{ "version": "1", "default": "deny" }', { uri: 'file:///project/deeper/policy.json' });
    const at = await client.open(POLICY);
    await client.live();
    expect(await client.complete(at)).toContain('read_file');
    expect(client.servers.all.at(-1)?.servers[0]?.policyUri).toBe(POLICY_URI);
  });

  it('belong to the server that is being typed', async () => {
    const runtime = fakeRuntime(TOOLS);
    runtime.configured = { ...runtime.configured, servers: [definition('files'), definition('bank')] };
    runtime.answer = ({ name }) => Promise.resolve([{ name: `of_${name}` }]);
    await using client = await connectClient(runtime);
    const at = await client.open('{ "server": "bank", "version": "1", "default": "deny", "tools": { "|" } }');
    await client.live();
    expect(await client.complete(at)).toEqual(offered('of_bank'));
  });
});

describe('rules', () => {
  const POLICY =
    '{\n  "version": "1",\n  "default": "deny",\n  "hide": ["delete_file"],\n  "tools": {\n    "write_*": { "action": "deny" }\n  }\n}\n';

  /** The policy after the edit that the server proposes. */
  const after = async (tool: string, change: string): Promise<unknown> => {
    const runtime = fakeRuntime(TOOLS);
    runtime.files.set('/project/policy.json', POLICY);
    await using client = await connectClient(runtime);
    const params = { uri: POLICY_URI, tool, change };
    const edits = await client.connection.sendRequest<RuleEditResult>(languageMessages.ruleEdit, params);
    return JSON.parse(TextDocument.applyEdits(TextDocument.create(POLICY_URI, 'json', 0, POLICY), [...(edits ?? [])]));
  };

  it('are located, open or on disk', async () => {
    const runtime = fakeRuntime(TOOLS);
    runtime.files.set('/project/policy.json', POLICY);
    await using client = await connectClient(runtime);
    const locate = (rule: string, tool: string): Promise<unknown> =>
      client.connection.sendRequest(languageMessages.locateRule, { uri: POLICY_URI, rule, tool });
    expect(await locate('(default deny)', 'x')).toMatchObject({ start: { line: 2 } });
    expect(await locate('(hidden)', 'delete_file')).toMatchObject({ start: { line: 3 } });
    expect(await locate('/tools/write_*/action', 'write_file')).toMatchObject({ start: { line: 5 } });
    expect(await locate('/tools/gone/action', 'gone')).toBeNull();
  });

  it('deny and hide a tool', async () => {
    expect(await after('read_file', 'deny')).toMatchObject({ tools: { 'write_*': {}, read_file: { action: 'deny' } } });
    expect(await after('read_file', 'hide')).toMatchObject({ hide: ['delete_file', 'read_file'] });
  });

  it('allow in words only where a pattern says otherwise, and unhide', async () => {
    expect(await after('read_file', 'allow')).toMatchObject({ tools: { read_file: {} } });
    expect(await after('write_file', 'allow')).toMatchObject({ tools: { write_file: { action: 'allow' } } });
    expect(await after('delete_file', 'allow')).toMatchObject({ hide: [], tools: { delete_file: {} } });
  });

  it('have a person asked, and unhide', async () => {
    const asks = { action: 'require_approval' };
    expect(await after('write_file', 'approve')).toMatchObject({ tools: { 'write_*': {}, write_file: asks } });
    expect(await after('delete_file', 'approve')).toMatchObject({ hide: [], tools: { delete_file: asks } });
  });

  it('limit a tool, and unhide', async () => {
    const limits = [{ counter: 'write_file_rate', window: 'minute', max: 30 }];
    const limited = await after('write_file', 'limit');
    expect(limited).toMatchObject({ tools: { write_file: { limits } } });
    expect(await after('delete_file', 'limit')).toMatchObject({ hide: [] });
  });

  it('are not offered for a broken policy', async () => {
    await using client = await connectClient(fakeRuntime(TOOLS));
    const { uri } = await client.open('{ "version": ');
    expect(
      await client.connection.sendRequest(languageMessages.ruleEdit, { uri, tool: 'a', change: 'deny' }),
    ).toBeNull();
  });
});

describe('robustness', () => {
  it('answers empty when a handler fails, and goes on', async () => {
    const runtime = fakeRuntime(TOOLS);
    runtime.readFile = () => Promise.reject(new Error('The disk is gone.'));
    await using client = await connectClient(runtime);
    const missing = { uri: 'file:///project/gone.policy.json', rule: '(hidden)', tool: 'x' };
    expect(await client.connection.sendRequest(languageMessages.locateRule, missing)).toBeNull();
    expect((await client.log.until(({ message }) => message.includes('disk is gone'))).message).toContain('locateRule');
    const at: OpenDocument = await client.open('{ "version": "1", | }');
    expect(await client.complete(at)).toContain('default');
  });
});
