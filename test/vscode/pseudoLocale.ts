/**
 * The extension in a language that nobody speaks: every text of ours in brackets, with accents and longer by two fifths. What is shown
 * without brackets is a text that cannot be translated.
 */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The tag that is set aside for pseudo-translations. */
export const PSEUDO_LOCALE = 'qps-ploc';

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  O: 'Ó',
  U: 'Ú',
};

/** What is code in a text: placeholders, icons, links' targets, command URIs. */
const CODE = /(\{\d+\}|\$\([\w~-]+\)|\]\([^)]*\)|`[^`]*`)/;

export function pseudo(text: string): string {
  const accented = text
    .split(CODE)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/[aeiouAEOU]/g, (letter) => ACCENTS[letter] ?? letter),
    )
    .join('');
  return `⟦${accented}${'~'.repeat(Math.ceil(text.length * 0.4))}⟧`;
}

/** A copy of the extension in `folder` that speaks the pseudo-locale too. Needs the built bundles. */
export async function writePseudoExtension(projectRoot: string, folder: string): Promise<void> {
  const from = (name: string): string => path.join(projectRoot, name);
  await mkdir(path.join(folder, 'l10n'), { recursive: true });
  // No links: VS Code tells by a file's real path which extension asks it for something.
  const copied = ['dist', 'media', 'schemas', 'syntaxes', 'package.json', 'package.nls.json'];
  for (const name of copied) await cp(from(name), path.join(folder, name), { recursive: true });
  await translate(from('package.nls.json'), path.join(folder, `package.nls.${PSEUDO_LOCALE}.json`));
  await translate(from('l10n/bundle.l10n.json'), path.join(folder, 'l10n', `bundle.l10n.${PSEUDO_LOCALE}.json`));
}

async function translate(source: string, target: string): Promise<void> {
  const texts = JSON.parse(await readFile(source, 'utf8')) as Record<string, string>;
  const translated = Object.entries(texts).map(([key, text]) => [key, pseudo(text)]);
  await writeFile(target, JSON.stringify(Object.fromEntries(translated)));
}
