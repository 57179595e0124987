/**
 * The language server in an editor that is not ours: Neovim, 0.7 or later, which speaks LSP without any plugin. `npm run test:editors`, with the
 * bundles built; Debian: `apt-get install neovim`.
 */
import path from 'node:path';
import { describeEditor, seenIn } from './support.ts';

const script = path.join(import.meta.dirname, 'neovim.lua');

describeEditor('Neovim', () => seenIn('nvim', ['--headless', '--clean', '-c', `luafile ${script}`]));
