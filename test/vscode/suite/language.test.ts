import assert from 'node:assert/strict';
import { before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { json, policy, writeWorkspace } from '../workspace.ts';
import { activatedApp, after, eventually, file, opened, projectRoot, rewrite, show, workspaceFolder } from './host.ts';

describe('editing a policy against a real server', () => {
  let document: vscode.TextDocument;

  before(async () => {
    await writeWorkspace(workspaceFolder().fsPath, projectRoot);
    document = await show(file('policy.json'));
    await opened(document);
    const { language } = await activatedApp();
    await eventually('the live tool list', language.onDidChangeServers, () =>
      language.servers.some((server) => server.name === 'files' && server.tools.state === 'live') ? true : undefined,
    );
  });

  beforeEach(async () => await rewrite(document, json(policy)));

  it('completes tool names from the live server', async () => {
    await rewrite(document, json(policy).replace('"read_*"', '""'));
    const labels = await completions(document, after(document, '"tools": {\n    "'));
    assert.ok(labels.includes('directory_tree'), labels.join(', '));
  });

  it("completes argument paths from the tool's schema", async () => {
    await rewrite(document, json(policy).replace('args.path', ''));
    const labels = await completions(document, after(document, '"path": "'));
    assert.ok(labels.includes('args.content'), labels.join(', '));
  });

  it('reports a misspelt tool once, and mends it', async () => {
    await rewrite(document, json(policy).replace('write_file', 'wirte_file'));
    const [problem] = await findings(document, (found) => /wirte_file/.test(found.message));
    assert.ok(problem);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
    );
    const fix = actions.find((action) => action.isPreferred);
    assert.ok(fix?.edit, actions.map((action) => action.title).join(', '));
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /"write_file"/);
  });

  it('reports a syntax error once: VS Code does not report it as well', async () => {
    await rewrite(document, '{ "version": "1", "version": "1", "default": "deny" }');
    const found = await findings(document, (finding) => /version/.test(finding.message));
    assert.equal(found.length, 1, found.map((finding) => `${finding.source ?? ''}: ${finding.message}`).join('\n'));
  });

  it('excuses a finding with a reason in portcullis.json, and undo takes it back', async function () {
    // An installed extension has a `vscode` of its own, in which nothing can be answered from here.
    if (process.env['PORTCULLIS_VSIX'] !== undefined) this.skip();
    const before = '{\n  "rules": { "zero-limit": "off" }\n}\n';
    await vscode.workspace.fs.writeFile(file('portcullis.json'), new TextEncoder().encode(before));
    await rewrite(document, json(policy).replace('write_file', 'no_such_tool'));
    const isUnknown = (found: vscode.Diagnostic): boolean => /no_such_tool/.test(found.message);
    const [problem] = await findings(document, isUnknown);
    assert.ok(problem);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
    );
    const excuse = actions.find((action) => action.title.startsWith('Excuse this finding'))?.command;
    assert.ok(excuse, actions.map((action) => action.title).join(', '));
    await answering('It comes back.', () =>
      vscode.commands.executeCommand(excuse.command, ...((excuse.arguments ?? []) as unknown[])),
    );
    await eventually('the finding to go', vscode.languages.onDidChangeDiagnostics, () =>
      vscode.languages.getDiagnostics(document.uri).some(isUnknown) ? undefined : true,
    );
    const config = await show(file('portcullis.json'));
    assert.match(config.getText(), /"at": "\/tools\/no_such_tool", "reason": "It comes back\."/);
    await vscode.commands.executeCommand('undo');
    assert.equal(config.getText(), before);
    await config.save();
    await show(document.uri);
    await findings(document, isUnknown);
    await vscode.workspace.fs.delete(file('portcullis.json'));
  });

  it('shows findings as severe as the settings say, and at once', async () => {
    await rewrite(document, json(policy).replace('write_file', 'no_such_tool'));
    const isUnknown = ({ code }: vscode.Diagnostic): boolean => codeOf(code) === 'unknown-tool';
    const severities = (): readonly vscode.DiagnosticSeverity[] =>
      vscode.languages.getDiagnostics(document.uri).flatMap((each) => (isUnknown(each) ? [each.severity] : []));
    const becomes = async (rules: object | undefined, wanted: readonly vscode.DiagnosticSeverity[]): Promise<void> => {
      await vscode.workspace.getConfiguration('portcullis').update('rules', rules, vscode.ConfigurationTarget.Global);
      await eventually(`the severity ${wanted.join()}`, vscode.languages.onDidChangeDiagnostics, () =>
        severities().join() === wanted.join() ? true : undefined,
      );
    };
    await findings(document, isUnknown);
    const [usual] = severities();
    assert.ok(usual !== undefined && usual !== vscode.DiagnosticSeverity.Hint);
    await becomes({ 'unknown-tool': 'hint' }, [vscode.DiagnosticSeverity.Hint]);
    await becomes({ 'unknown-tool': 'off' }, []);
    await becomes(undefined, [usual]);
    await rewrite(document, json(policy));
  });

  it('says on hover what a tool does, its risk and what is decided', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      after(document, '"write_f'),
    );
    const text = hovers
      .flatMap((hover) => hover.contents.map((part) => (typeof part === 'string' ? part : part.value)))
      .join('\n');
    assert.match(text, /Write/);
    assert.match(text, /risk/i);
    assert.match(text, /write_file/);
  });
});

/** Codes come with the page that explains them. */
function codeOf(code: vscode.Diagnostic['code']): string | number | undefined {
  return typeof code === 'object' ? code.value : code;
}

/** The person's part: what is typed into the next input box. */
async function answering(text: string, work: () => Thenable<unknown>): Promise<void> {
  const { showInputBox } = vscode.window;
  vscode.window.showInputBox = () => Promise.resolve(text);
  try {
    await work();
  } finally {
    vscode.window.showInputBox = showInputBox;
  }
}

async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
  );
  return list.items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label));
}

const findings = (
  document: vscode.TextDocument,
  match: (finding: vscode.Diagnostic) => boolean,
): Promise<vscode.Diagnostic[]> =>
  eventually('the finding', vscode.languages.onDidChangeDiagnostics, () => {
    const found = vscode.languages.getDiagnostics(document.uri).filter(match);
    return found.length > 0 ? found : undefined;
  });
