/** Every text that a person sees can be translated: its key stands in the l10n bundle, and each manifest key in package.nls.json. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const read = async (file: string): Promise<string> => await readFile(path.join(root, file), 'utf8');

/** The first argument of each `l10n.t(…)`. */
function textsIn(source: string): string[] {
  return [...source.matchAll(/l10n\.t\(\s*(['"])((?:\\.|(?!\1).)*)\1/gs)].map((match) =>
    (match[2] ?? '').replace(/\\(.)/g, '$1'),
  );
}

async function textsOfClient(): Promise<string[]> {
  const texts = new Set<string>();
  for await (const file of glob('client/src/**/*.ts', { cwd: root })) {
    for (const text of textsIn(await read(file))) texts.add(text);
  }
  return [...texts].sort();
}

/** Members of a contribution that people read. */
const READ = new Set([
  ...['title', 'label', 'description', 'markdownDescription', 'enumDescriptions', 'markdownEnumDescriptions'],
  ...['contents', 'displayName', 'name', 'deprecationMessage', 'patternErrorMessage'],
]);

function textsOfManifest(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]: [string, unknown]) => {
    const said = READ.has(key) ? [member].flat().filter((each) => typeof each === 'string') : [];
    return [...said, ...textsOfManifest(member)];
  });
}

describe('localisation', () => {
  it('has every text of the client in the bundle, and no others', async () => {
    const bundle = JSON.parse(await read('l10n/bundle.l10n.json')) as Record<string, string>;
    expect(Object.keys(bundle).sort()).toEqual(await textsOfClient());
    for (const [key, value] of Object.entries(bundle)) expect(value).toBe(key);
  });

  it('has every text of the manifest in package.nls.json, and no others', async () => {
    const used = [...(await read('package.json')).matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? '');
    const known = Object.keys(JSON.parse(await read('package.nls.json')) as Record<string, string>);
    expect(known.sort()).toEqual([...new Set(used)].sort());
  });

  it('writes no text into the manifest itself, but the names of the product', async () => {
    const { contributes, capabilities } = JSON.parse(await read('package.json')) as Record<string, unknown>;
    const texts = [...textsOfManifest(contributes), ...textsOfManifest(capabilities)];
    expect(texts.length).toBeGreaterThan(50);
    expect(texts.filter((text) => !/^%.+%$/.test(text) && text !== 'Portcullis')).toEqual([]);
  });

  it('passes no text to people past l10n', async () => {
    for await (const file of glob('client/src/**/*.ts', { cwd: root })) {
      expect(await read(file), file).not.toMatch(/show(?:Information|Warning|Error)Message\(\s*['"`]/);
    }
  });
});
