/**
 * The language server in Emacs with eglot, set up by the very lines of docs/editors.md. `npm run test:editors`, with the bundles built;
 * Debian: `apt-get install emacs-nox elpa-eglot` (from Emacs 29 on eglot is part of it).
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../support/folder.ts';
import { describeEditor, seenIn } from './support.ts';

/** What the page tells people to put into their init file. */
async function documentedSetup(): Promise<string> {
  const page = await readFile(path.resolve(import.meta.dirname, '../../docs/editors.md'), 'utf8');
  const lines = /```elisp\n([\s\S]*?)```/.exec(page)?.[1];
  if (lines === undefined) throw new Error('docs/editors.md has no lines for Emacs.');
  return lines;
}

describeEditor('Emacs', async () => {
  await using folder = await makeFolder({ 'init.el': await documentedSetup() });
  const script = path.join(import.meta.dirname, 'emacs.el');
  return await seenIn('emacs', ['--batch', '--load', folder.file('init.el'), '--load', script]);
});
