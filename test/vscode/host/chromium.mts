/**
 * A Chromium for the tests: `CHROMIUM_PATH`, else the one in the npm package `@sparticuz/chromium` (Linux x64, no
 * root needed), else an installed one. The package brings the libraries and a font that a bare machine lacks.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { cacheFolder, projectRoot } from './paths.mts';
import { run } from './process.mts';

export interface Chromium {
  readonly executable: string;
  /** Added to the environment of the browser process. */
  readonly env: Readonly<Record<string, string>>;
}

const packed = path.join(projectRoot, 'node_modules', '@sparticuz', 'chromium');
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

export async function ensureChromium(): Promise<Chromium> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen !== undefined) return { executable: chosen, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return await unpackedChromium();
  const executable = installed.find((file) => existsSync(file));
  if (executable === undefined)
    throw new Error('No browser found. Set CHROMIUM_PATH to a Chromium or Chrome executable.');
  return { executable, env: {} };
}

async function unpackedChromium(): Promise<Chromium> {
  const folder = await unpack();
  const executable = path.join(folder, 'chromium');
  const fonts = { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
  const libraries = { LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib') };
  const env = [fonts, { ...fonts, ...libraries }].find((candidate) => starts(executable, candidate));
  if (env !== undefined) return { executable, env };
  throw new Error(`${executable} does not start here. Set CHROMIUM_PATH to a Chromium that does.`);
}

/** A missing shared library shows only when the program is started. */
function starts(executable: string, env: Record<string, string>): boolean {
  return spawnSync(executable, ['--version'], { env: { ...process.env, ...env } }).status === 0;
}

async function unpack(): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(packed, 'package.json'), 'utf8')) as { version: string };
  const target = path.join(cacheFolder, `chromium-${version}`);
  if (existsSync(target)) return target;
  await mkdir(cacheFolder, { recursive: true });
  const staging = await mkdtemp(path.join(cacheFolder, 'unpacking-'));
  try {
    await decompress('chromium.br', path.join(staging, 'chromium'));
    for (const name of ['al2023', 'fonts', 'swiftshader']) await unpackArchive(name, staging);
    await writeFile(path.join(staging, 'fonts.conf'), fontConfiguration(target));
    await rename(staging, target);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    // Another process may have put the same files there in the meantime.
    if (!existsSync(target)) throw error;
  }
  return target;
}

async function decompress(name: string, target: string): Promise<void> {
  await pipeline(
    createReadStream(path.join(packed, 'bin', name)),
    createBrotliDecompress(),
    createWriteStream(target, { mode: 0o755 }),
  );
}

/** Libraries and fonts get a folder each; the software renderer must lie beside the executable. */
async function unpackArchive(name: string, folder: string): Promise<void> {
  const archive = path.join(folder, `${name}.tar`);
  const target = name === 'swiftshader' ? folder : path.join(folder, name);
  await mkdir(target, { recursive: true });
  await decompress(`${name}.tar.br`, archive);
  await run('tar', ['xf', archive, '--no-same-owner', '-C', target]);
  await rm(archive);
}

/** The machine's fonts, and the package's own one: without any font a page shows no text at all. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${path.join(folder, 'fonts')}</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
