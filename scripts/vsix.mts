/**
 * Makes the installable extension: a production build, the licences of what it contains, one .vsix file.
 */
import { createVSIX } from '@vscode/vsce';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildProduct, root } from './bundles.mts';
import { thirdPartyNotices } from './notices.mts';

/** Builds dist/ for production and packs it; returns the path of the .vsix in `folder`. */
export async function packageExtension(folder: string = root): Promise<string> {
  const metafiles = await buildProduct({ production: true });
  await writeFile(path.join(root, 'dist', 'THIRD_PARTY_NOTICES.md'), await thirdPartyNotices(metafiles));
  const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  await mkdir(folder, { recursive: true });
  const packagePath = path.join(folder, `${name ?? ''}-${version ?? ''}.vsix`);
  // Everything is bundled, so node_modules stays behind.
  await withoutChatter(() =>
    createVSIX({
      cwd: root,
      packagePath,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    }),
  );
  return packagePath;
}

/** vsce prints every file that it packs and has no switch for that. Its warnings and errors go another way and stay. */
async function withoutChatter(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await work();
  } finally {
    console.log = log;
  }
}
