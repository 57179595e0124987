/**
 * The language server in an editor that is not ours: Neovim, 0.7 or later, which speaks LSP without any plugin. `npm run test:editors`, with the
 * bundles built; Debian: `apt-get install neovim`.
 */
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seenIn, type Seen } from './support.ts';

describe('Neovim', () => {
  let seen: Seen;

  beforeAll(async () => {
    const script = path.join(import.meta.dirname, 'neovim.lua');
    seen = await seenIn('nvim', ['--headless', '--clean', '-c', `luafile ${script}`]);
  });

  it('is told of a tool that the running server does not list', () => {
    expect(seen.diagnostics.join('\n')).toContain('wirte_file');
  });

  it('takes the finding away when it is mended', () => {
    expect(seen.mended.join('\n')).not.toContain('wirte_file');
  });

  it('says on hover what a tool does and what is decided', () => {
    expect(seen.hover).toMatch(/medium risk[\s\S]*allowed only when/);
  });

  it("completes argument paths from the tool's schema", () => {
    expect(seen.completion).toContain('args.content');
  });
});
