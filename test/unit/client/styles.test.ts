/** Style sheets of the pages: every colour is one that the user's theme defines. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../../client/webview');

/** Colours that are written out, and names of the common ones. */
const COLOUR =
  /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|:[^;]*\b(?:black|white|gray|grey|red|green|blue|yellow|orange)\b/gi;

describe('style sheets of the pages', () => {
  it('name no colour of their own', async () => {
    const sheets: string[] = [];
    for await (const file of glob('**/*.css', { cwd: root })) sheets.push(file);
    expect(sheets.length).toBeGreaterThan(2);
    for (const file of sheets) {
      // Neither comments nor the names of the theme's own colours, such as charts-red.
      const text = (await readFile(path.join(root, file), 'utf8')).replace(/\/\*[\s\S]*?\*\/|--vscode-[\w-]+/g, '');
      expect(text.match(COLOUR) ?? [], file).toEqual([]);
    }
  });

  it('are not built by scripts either', async () => {
    for await (const file of glob('**/*.ts', { cwd: root })) {
      expect(await readFile(path.join(root, file), 'utf8'), file).not.toMatch(
        /\.style\.(?:color|background|fill|stroke)/,
      );
    }
  });
});
