import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after as afterAll, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { App } from '../../../client/src/app.ts';
import { planGateway } from '../../../client/src/gateway/plan.ts';
import { isLive, policyProblems } from '../../../client/src/gateway/state.ts';
import type { PolicyStatus } from '../../../server/src/protocol/control.ts';
import type { AuditRow } from '../../../client/src/webview/audit/messages.ts';
import { connectAgent, type Agent } from '../client.ts';
import { startedBelow } from '../processes.ts';
import { json, policy, writeWorkspace } from '../workspace.ts';
import {
  activatedApp,
  after,
  eventually,
  file,
  opened,
  pairedServer,
  projectRoot,
  rewrite,
  show,
  workspaceFolder,
} from './host.ts';

describe('the gateway, started from VS Code', () => {
  let app: App;
  let document: vscode.TextDocument;
  let agent: Agent;

  before(async () => {
    await writeWorkspace(workspaceFolder().fsPath, projectRoot);
    app = await activatedApp();
    document = await show(file('policy.json'));
    await opened(document);
    await rewrite(document, json(policy));
    await pairedServer(app);
    await vscode.commands.executeCommand('portcullis.startGateway', document.uri);
    const url = await eventually('a ready server', app.gateway.onDidChangeState, () => readyUrl(app));
    agent = await connectAgent(url, (await app.gateway.token()) ?? '');
  });

  afterAll(async () => {
    await agent?.close();
    await vscode.commands.executeCommand('portcullis.stopGateway');
  });

  beforeEach(async () => {
    await rewrite(document, json(policy));
    await eventually(
      'the policy in force',
      app.gateway.onDidChangeState,
      () => policyProblems(app.gateway.state).length === 0 || undefined,
    );
  });

  it('lists the tools of the real server, without the hidden one', async () => {
    const tools = await agent.tools();
    assert.ok(tools.includes('read_text_file'), tools.join(', '));
    assert.ok(!tools.includes('move_file'), tools.join(', '));
  });

  it('lets an allowed call through, and the audit shows it', async () => {
    const notes = file('files', 'notes.md').fsPath;
    const answer = await agent.call('read_text_file', { path: notes });
    assert.match(answer.text, /# Notes/);
    const row = await rowOf(app, (candidate) => candidate.tool === 'read_text_file');
    assert.equal(row.decision, 'allow');
    assert.equal(row.client, 'story-agent');
  });

  it('keeps a denied call from the server, and the audit says by which rule', async () => {
    const script = file('files', 'run.sh').fsPath;
    const answer = await agent.call('write_file', { path: script, content: 'echo' });
    assert.match(answer.text, /\[POLICY DENIED\] Only \.md and \.txt files may be written\./);
    assert.equal(existsSync(script), false);
    const row = await rowOf(app, (candidate) => candidate.tool === 'write_file' && candidate.decision === 'deny');
    assert.equal(row.rule, '/tools/write_file/require/args.path-regex');
    assert.ok(app.audit.model.denied > 0);
  });

  it('finds the rule of a denied call in the policy', async () => {
    const range = await app.language.locateRule({
      uri: document.uri.toString(),
      rule: '/tools/write_file/require/args.path-regex',
      tool: 'write_file',
    });
    assert.ok(range);
    assert.match(document.getText(range), /args\.path/);
  });

  it('enforces an edit on the next call, once a person has accepted what it lets through', async () => {
    const script = file('files', 'later.sh').fsPath;
    const before = inForce(app);
    await rewrite(document, json({ ...policy, tools: { ...policy.tools, write_file: {} } }));
    const held = await heldEdit(app);
    assert.deepEqual(
      held.loosened.map(({ about }) => about),
      ['write_file'],
    );
    assert.equal((await agent.call('write_file', { path: script, content: 'echo' })).isError, true);
    assert.deepEqual(await app.gateway.accept({ what: 'policy', server: 'files', hash: held.hash }), {});
    await eventually('the new policy', app.gateway.onDidChangeState, () =>
      inForce(app) === before ? undefined : true,
    );
    assert.equal((await agent.call('write_file', { path: script, content: 'echo' })).isError, false);
    assert.equal(readFileSync(script, 'utf8'), 'echo');
  });

  it('keeps the last good policy when an edit is invalid, and says so', async () => {
    const before = inForce(app);
    await rewrite(document, json(policy).replace('"default"', '"defualt"'));
    const [problem] = await eventually('the problem', app.gateway.onDidChangeState, () => {
      const problems = policyProblems(app.gateway.state);
      return problems.length > 0 ? problems : undefined;
    });
    assert.equal(problem?.policy.inForce, before);
    assert.match(problem?.policy.problem ?? '', /policy is invalid/);
    const answer = await agent.call('write_file', { path: file('files', 'x.sh').fsPath, content: '' });
    assert.match(answer.text, /POLICY DENIED/);
  });

  it('tells the language server the live tools, so that the server runs once', async () => {
    const [report] = await eventually('the tool list', app.gateway.onDidChangeTools, () =>
      app.gateway.tools.length > 0 ? app.gateway.tools : undefined,
    );
    assert.ok(report?.tools.some((tool) => tool.name === 'move_file'));
  });

  it('says in the hover of a limit what is used of it', async () => {
    const before = inForce(app);
    const limits = [{ counter: 'reads', window: 'month', max: 10 }];
    await rewrite(document, json({ ...policy, tools: { ...policy.tools, 'read_*': { limits } } }));
    await eventually('the limit in force', app.gateway.onDidChangeState, () => inForce(app) !== before || undefined);
    await agent.call('read_text_file', { path: file('files', 'notes.md').fsPath });
    await show(document.uri);
    const text = await hoverSaying('1 of 10', document, after(document, '"reads'));
    assert.match(text, /Used now[\s\S]*local[\s\S]*1 of 10.*begins anew in/);
    await rewrite(document, json(policy));
    await app.gateway.accept({ what: 'policy', server: 'files', hash: (await heldEdit(app)).hash });
  });

  it("offers the governed server to VS Code's own agent, anew when its policy changes", async () => {
    const [first] = await app.governed.provideMcpServerDefinitions();
    assert.ok(first);
    assert.match(first.uri.toString(), /^http:\/\/127\.0\.0\.1:\d+\/mcp\/files$/);
    assert.deepEqual(first.headers, { Authorization: `Bearer ${(await app.gateway.token()) ?? ''}` });
    const changed = new Promise((resolve) => app.governed.onDidChangeMcpServerDefinitions(resolve));
    await rewrite(document, json({ ...policy, hide: ['move_file', 'edit_file'] }));
    await changed;
    const [second] = await app.governed.provideMcpServerDefinitions();
    assert.notEqual(second?.version, first.version);
  });

  it('ends the process on stop', async () => {
    const { state } = app.gateway;
    assert.ok(isLive(state));
    await vscode.commands.executeCommand('portcullis.stopGateway');
    assert.equal(app.gateway.state.kind, 'stopped');
    assert.throws(() => process.kill(state.status.pid, 0), /ESRCH/);
  });
});

describe('a gateway that ends by itself', () => {
  before(async () => await writeWorkspace(workspaceFolder().fsPath, projectRoot));

  it('is noticed, and can be started again', async () => {
    const app = await activatedApp();
    await pairedServer(app);
    await vscode.commands.executeCommand('portcullis.startGateway');
    const { state } = app.gateway;
    assert.ok(isLive(state), JSON.stringify(state));
    process.kill(state.status.pid, 'SIGKILL');
    const problem = await eventually('the failed state', app.gateway.onDidChangeState, () =>
      app.gateway.state.kind === 'failed' ? app.gateway.state.problem : undefined,
    );
    assert.match(problem, /SIGKILL/);
    await vscode.commands.executeCommand('portcullis.startGateway');
    assert.ok(isLive(app.gateway.state), JSON.stringify(app.gateway.state));
    await vscode.commands.executeCommand('portcullis.stopGateway');
  });
});

describe('a gateway whose start is cancelled', () => {
  it('is stopped, and leaves no process', async () => {
    const app = await activatedApp();
    await pairedServer(app);
    const plan = planGateway(app.context, app.language.servers, file('policy.json'));
    assert.ok('program' in plan);
    const cancelling = new vscode.CancellationTokenSource();
    const starting = app.gateway.start(plan, { inputs: {}, logins: {} }, cancelling.token);
    assert.equal(app.gateway.state.kind, 'starting');
    cancelling.cancel();
    await assert.rejects(starting);
    await eventually('the stop', app.gateway.onDidChangeState, () => app.gateway.state.kind === 'stopped' || undefined);
    assert.deepEqual(await startedBelow(plan.stateFolder), []);
  });
});

function readyUrl(app: App): string | undefined {
  const { state } = app.gateway;
  assert.notEqual(state.kind, 'failed', JSON.stringify(state));
  return isLive(state) ? state.status.servers.find((server) => server.state === 'ready')?.url : undefined;
}

/** The hover as soon as it says `what`, or what it says after 10 s: nothing tells when a hover would say something else. */
async function hoverSaying(what: string, { uri }: vscode.TextDocument, at: vscode.Position): Promise<string> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, at);
    const texts = found.flatMap(({ contents }) => contents);
    const text = texts.map((each) => (typeof each === 'string' ? each : each.value)).join('\n');
    if (text.includes(what) || Date.now() > end) return text;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const heldEdit = (app: App): Promise<NonNullable<PolicyStatus['held']>> =>
  eventually('the held edit', app.gateway.onDidChangeState, () =>
    isLive(app.gateway.state) ? app.gateway.state.status.servers[0]?.policy.held : undefined,
  );

function inForce(app: App): string | undefined {
  const { state } = app.gateway;
  return isLive(state) ? state.status.servers[0]?.policy.inForce : undefined;
}

const rowOf = (app: App, match: (row: AuditRow) => boolean): Promise<AuditRow> =>
  eventually('the row of the call', app.audit.onDidChange, () => [...app.audit.model.calls()].find(match));
