/**
 * Writes down whose code the bundles contain, with each licence's full text: read from what esbuild really bundled, so
 * that nothing is forgotten and nothing is listed that is not shipped.
 */
import type { Metafile } from 'esbuild';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './bundles.mts';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** The notices for every npm package of which at least one file is in one of the bundles. */
export async function thirdPartyNotices(metafiles: readonly Metafile[]): Promise<string> {
  const packages = await Promise.all(bundledPackages(metafiles).map(readPackage));
  const sections = packages.map((each) => `## ${each.name} ${each.version} (${each.license})\n\n${each.text.trim()}\n`);
  return `# Third-party notices\n\nPortcullis contains code of these packages.\n\n${sections.join('\n')}`;
}

function bundledPackages(metafiles: readonly Metafile[]): readonly string[] {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

async function readPackage(folder: string): Promise<Package> {
  const manifest = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const { name, version, license } = manifest;
  if (typeof name !== 'string' || typeof version !== 'string' || typeof license !== 'string') {
    throw new Error(`${folder}/package.json does not say its name, version and licence`);
  }
  return { name, version, license, text: await licenceText(folder, license) };
}

/** Of packages that carry no licence file; the text is the one in their repository. */
const licencesApart: Readonly<Record<string, string>> = { 'node_modules/@redis/client': 'redis-client.txt' };

async function licenceText(folder: string, license: string): Promise<string> {
  const apart = licencesApart[folder];
  if (apart !== undefined) return await readFile(path.join(root, 'scripts', 'licences', apart), 'utf8');
  const names = await readdir(path.join(root, folder));
  const file = names.find((name) => /^licen[cs]e(\.|$)/i.test(name));
  if (file === undefined) return `The package carries no licence file; its package.json says ${license}.`;
  return await readFile(path.join(root, folder, file), 'utf8');
}
