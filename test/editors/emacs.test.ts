/**
 * The language server in Emacs with eglot, set up by the very lines of docs/editors.md. `npm run test:editors`, with the bundles built;
 * Debian: `apt-get install emacs-nox elpa-eglot` (from Emacs 29 on eglot is part of it).
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seenIn, type Seen } from './support.ts';

/** What the page tells people to put into their init file. */
async function documentedSetup(): Promise<string> {
  const page = await readFile(path.resolve(import.meta.dirname, '../../docs/editors.md'), 'utf8');
  const lines = /```elisp\n([\s\S]*?)```/.exec(page)?.[1];
  if (lines === undefined) throw new Error('docs/editors.md has no lines for Emacs.');
  return lines;
}

describe('Emacs', () => {
  let seen: Seen;

  beforeAll(async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'portcullis-emacs-'));
    const setup = path.join(folder, 'init.el');
    await writeFile(setup, await documentedSetup());
    const script = path.join(import.meta.dirname, 'emacs.el');
    seen = await seenIn('emacs', ['--batch', '--load', setup, '--load', script]);
    await rm(folder, { recursive: true });
  });

  it('is told of a tool that the running server does not list', () => {
    expect(seen.diagnostics.join('\n')).toContain('wirte_file');
  });

  it('takes the finding away when it is mended', () => {
    expect(seen.mended.join('\n')).not.toContain('wirte_file');
    expect(seen.mended.length).toBe(seen.diagnostics.length - 1);
  });

  it('says on hover what a tool does and what is decided', () => {
    expect(seen.hover).toMatch(/medium risk[\s\S]*allowed only when/);
  });

  it("completes argument paths from the tool's schema", () => {
    expect(seen.completion).toContain('args.content');
  });
});
