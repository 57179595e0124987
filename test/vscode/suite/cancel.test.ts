/** Cancel, from the token behind the button down to the process: what was started for the person is gone. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { runOnState } from '../../../client/src/audit/commandLine.ts';
import { withProgress } from '../../../client/src/audit/progress.ts';
import { json, writeWorkspace } from '../workspace.ts';
import { activatedApp, eventually, file, projectRoot, workspaceFolder } from './host.ts';

/** Writes its number into the file that it is given, and would go on for ever. */
const HANGING = `
require('node:fs').writeFileSync(process.argv.find((each) => each.endsWith('.pid')), String(process.pid));
setInterval(() => undefined, 1000);`;

/** A server that can be spoken to, and never tells its tools. */
const HANGING_SERVER = `
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === 'initialize') {
    const result = { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'h', version: '1' } };
    process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
  }
  if (method === 'tools/list') require('node:fs').writeFileSync(process.argv[1], String(process.pid));
});
process.stdin.on('end', () => undefined);
setInterval(() => undefined, 1000);`;

describe('cancelling', () => {
  before(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(file('policy.json'));
    const args = ['-e', HANGING_SERVER, file('server.pid').fsPath];
    await write(file('.vscode', 'mcp.json'), json({ servers: { hanging: { command: process.execPath, args } } }));
    const { language } = await activatedApp();
    await language.start();
    await eventually('the new configuration', language.onDidChangeServers, () =>
      language.servers.some(({ name }) => name === 'hanging') ? true : undefined,
    );
  });

  after(async () => await writeWorkspace(workspaceFolder().fsPath, projectRoot));

  // An installed extension has a `vscode` of its own, whose progress cannot be cancelled from here.
  beforeEach(function () {
    if (process.env['PORTCULLIS_VSIX'] !== undefined) this.skip();
  });

  for (const command of ['refreshTools', 'createPolicy']) {
    it(`ends the server that ${command} waits for`, async () => {
      const pid = await cancelled('server.pid', () => vscode.commands.executeCommand(`portcullis.${command}`));
      await ended(pid);
      await assert.rejects(async () => await vscode.workspace.fs.stat(file('policy.json')));
    });
  }

  it('ends the process that reads the log for the view or for a file, and says that it was stopped', async () => {
    await write(file('hanging.cjs'), HANGING);
    const line = { program: file('hanging.cjs').fsPath, stateFolder: workspaceFolder().fsPath };
    let isDone: boolean | undefined;
    const pid = await cancelled('log.pid', async () => {
      isDone = await withProgress('Reading', (signal) =>
        runOnState(line, [file('log.pid').fsPath], signal, async (output) => {
          for await (const _ of output) assert.fail('nothing is said');
        }),
      );
    });
    assert.equal(isDone, false);
    await ended(pid);
  });
});

/** Runs `work` and, as soon as its process has written its number into the file, cancels its progress as the button does. */
async function cancelled(name: string, work: () => Thenable<unknown>): Promise<number> {
  const written = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(workspaceFolder(), name));
  const source = new vscode.CancellationTokenSource();
  const { withProgress: real } = vscode.window;
  const ours: typeof real = (options, task) => {
    assert.equal(options.cancellable, true);
    return real(options, (progress) => task(progress, source.token));
  };
  Object.assign(vscode.window, { withProgress: ours });
  try {
    const working = Promise.resolve(work());
    const pid = new Promise<number>((resolve) => {
      const read = async (uri: vscode.Uri): Promise<void> => {
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
        if (text !== '') resolve(Number(text));
      };
      written.onDidCreate((uri) => void read(uri));
      written.onDidChange((uri) => void read(uri));
    });
    const found = await pid;
    assert.ok(process.kill(found, 0), 'it runs until it is cancelled');
    source.cancel();
    await working;
    return found;
  } finally {
    Object.assign(vscode.window, { withProgress: real });
    written.dispose();
    await vscode.workspace.fs.delete(file(name));
  }
}

/** Resolves when the process has ended. The test's own time limit is the bound. */
async function ended(pid: number): Promise<void> {
  while (isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const write = async (uri: vscode.Uri, text: string): Promise<void> =>
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
