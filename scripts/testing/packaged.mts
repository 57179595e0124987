/**
 * What is shipped, seen working: the .vsix is packed, looked into, installed, and the in-host suite and the story through the UI
 * run with it. VS Code is given an empty extension as the one under development.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { installVsix } from '../../test/vscode/host/server.mts';
import { root } from '../bundles.mts';
import { packageExtension } from '../vsix.mts';
import { add, type Count } from './count.mts';
import { runInHost } from './in-host.mts';
import { runVitest } from './vitest.mts';

const story = path.join('test', 'vscode', 'ui', 'story.test.ts');
const emptyExtension = path.join(root, 'test', 'vscode', 'host', 'stub-extension');

export async function runPackaged(): Promise<Count> {
  const vsix = await packageExtension(path.join(root, 'out'));
  const extensionsDir = await mkdtemp(path.join(os.tmpdir(), 'portcullis-extensions-'));
  const env = { PORTCULLIS_VSIX: vsix, PORTCULLIS_EXTENSIONS_DIR: extensionsDir };
  try {
    await installVsix(vsix, extensionsDir);
    const content = await runVitest('package', env);
    const host = await runInHost({ extension: emptyExtension, env });
    return [content, host, await runVitest('ui', env, [story])].reduce(add);
  } finally {
    await rm(extensionsDir, { recursive: true, force: true });
  }
}
