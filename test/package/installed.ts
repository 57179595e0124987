/**
 * The packaged extension under test: `npm test -- vsix` packs and installs it, and says where.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';

export const vsix = fromEnvironment('PORTCULLIS_VSIX');
export const installedFolder = onlyExtension(fromEnvironment('PORTCULLIS_EXTENSIONS_DIR'));

function fromEnvironment(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests with "npm test -- vsix".`);
  return value;
}

function onlyExtension(folder: string): string {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const name = names.find((entry) => entry.name.startsWith('portcullis.'))?.name;
  if (name === undefined) throw new Error(`No portcullis extension is installed in ${folder}.`);
  return path.join(folder, name);
}
