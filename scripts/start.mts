/**
 * `npm start`: VS Code with the extension, on an example. The desktop VS Code where `code` is on PATH; otherwise, or with
 * `npm start -- --web`, VS Code's web workbench, served on this machine's loopback address behind a random token.
 *
 * In the web workbench the packaged extension is installed rather than loaded from its sources: it is there in every
 * tab, after every reload, and is exactly what ships. Loading sources needs the server's test driver, which is not for
 * people, and works only in the one URL that names them.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureVsCode } from '../test/vscode/host/install.mts';
import { installVsix, startServer } from '../test/vscode/host/server.mts';
import { buildProduct, root } from './bundles.mts';
import { packageExtension } from './vsix.mts';

const words = process.argv.slice(2);
const folder = path.resolve(words.find((word) => !word.startsWith('--')) ?? path.join(root, 'examples', 'filesystem'));

if (words.includes('--web') || !hasDesktop()) await openInBrowser();
else await openOnDesktop();

/** A `code` inside a remote VS Code's terminal answers too, but cannot load an extension from sources. */
function hasDesktop(): boolean {
  if (process.env['VSCODE_IPC_HOOK_CLI'] !== undefined) return false;
  return spawnSync('code', ['--version'], { shell: process.platform === 'win32' }).status === 0;
}

async function openOnDesktop(): Promise<void> {
  console.log('Building …');
  await buildProduct({ production: false });
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, folder, ...policies()];
  const code = spawn('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  await once(code, 'exit');
  console.log(`VS Code opens ${folder} with Portcullis.`);
}

async function openInBrowser(): Promise<void> {
  await ensureVsCode();
  console.log('Building and packaging the extension …');
  const vsix = await packageExtension(path.join(root, 'out'));
  const extensionsDir = await mkdtemp(path.join(os.tmpdir(), 'portcullis-start-'));
  try {
    await installVsix(vsix, extensionsDir);
    await serve(extensionsDir);
  } finally {
    await rm(extensionsDir, { recursive: true, force: true });
  }
}

async function serve(extensionsDir: string): Promise<void> {
  const token = randomBytes(24).toString('hex');
  const interrupted = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  });
  const server = await startServer({ extensionsDir, token, trusted: false });
  const url = new URL(
    `${server.origin}/?${new URLSearchParams({ tkn: token, folder, ...openPolicy(server.port) }).toString()}`,
  );
  console.log(`\nVS Code with Portcullis is ready. Open this address in a browser on this machine:\n\n  ${url.href}\n`);
  console.log(
    'Trust the folder when VS Code asks. Ctrl+C ends everything; settings and the audit log of this VS Code go with it.',
  );
  const ending = await Promise.race([interrupted.then(() => 'asked' as const), server.died]);
  await server.stop();
  if (ending !== 'asked') throw new Error(`VS Code's server ended by itself:\n${server.log()}`);
  console.log('\nStopped.');
}

/** The policy beside the folder's other files, when there is one. */
function policies(): string[] {
  return [path.join(folder, 'policy.json')].filter((file) => existsSync(file));
}

/** The workbench's own switch for a file to begin with. */
function openPolicy(port: number): { payload?: string } {
  const entries = policies().map((file) => ['openFile', `vscode-remote://localhost:${String(port)}${file}`]);
  return entries.length === 0 ? {} : { payload: JSON.stringify(entries) };
}
