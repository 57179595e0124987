/**
 * Where the real VS Code of the tests lives. Nothing outside `.vscode-test/` is written; everything in it can be
 * deleted at any time and is fetched again.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const projectRoot = path.resolve(import.meta.dirname, '../../..');
export const cacheFolder = path.join(projectRoot, '.vscode-test');

/** The Node that runs VS Code's server: the pinned one of the devDependency, else the one that runs this script. */
export function serverNode(): string {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const pinned = path.join(projectRoot, 'node_modules', 'node', 'bin', name);
  return existsSync(pinned) ? pinned : process.execPath;
}
