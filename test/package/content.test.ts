import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { installedFolder, vsix } from './installed.ts';

const files = readdirSync(installedFolder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(installedFolder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));

const read = (name: string): string => readFileSync(path.join(installedFolder, name), 'utf8');

describe('the packaged extension', () => {
  it('is smaller than 1.5 MB', () => {
    expect(statSync(vsix).size).toBeLessThan(1_500_000);
  });

  it('contains only what is used at run time', () => {
    const allowed =
      /^(dist|schemas|syntaxes|media|l10n)\/|^(package(\.nls[^/]*)?\.json|readme\.md|changelog\.md|LICENSE\.txt|\.vsixmanifest)$/i;
    expect(files.filter((name) => !allowed.test(name))).toEqual([]);
  });

  it('contains no source map, no TypeScript and no test', () => {
    // Two files say "test" for their users: schema and grammar of the tests of their policies.
    const ours = ['schemas/policy-test.schema.json', 'syntaxes/mcp-policy-test.tmLanguage.json'];
    expect(files.filter((name) => !ours.includes(name) && /\.(map|m?ts)$|test/.test(name))).toEqual([]);
  });

  it('contains every file that its manifest names', () => {
    const named = new Set(read('package.json').match(/(?<=")\.?\/?(dist|schemas|syntaxes|media)\/[^"]+/g));
    const missing = [...named].map((name) => name.replace(/^\.\//, '')).filter((name) => !files.includes(name));
    expect(missing).toEqual([]);
  });

  it('names the licence of every package it contains', () => {
    const notices = read('dist/THIRD_PARTY_NOTICES.md');
    for (const name of ['jsonc-parser', 'vscode-languageclient', '@modelcontextprotocol/sdk']) {
      expect(notices).toContain(`## ${name} `);
    }
    expect(notices).not.toContain('no licence file');
  });

  it('mentions no folder of the machine it was built on', () => {
    const home = path.resolve(import.meta.dirname, '../..');
    expect(files.filter((name) => /\.(js|json|md)$/.test(name) && read(name).includes(home))).toEqual([]);
  });
});
