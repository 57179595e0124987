/**
 * Bundles the three processes and the webview into dist/. `--watch` rebuilds on change, `--production` minifies.
 */
import { build, context, type BuildOptions } from 'esbuild';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  metafile: true,
  define: { PORTCULLIS_VERSION: JSON.stringify(version) },
};

const node: BuildOptions = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // jsonc-parser's "main" is a UMD file that a bundler cannot follow.
  mainFields: ['module', 'main'],
};

const bundles: BuildOptions[] = [
  { ...node, entryPoints: { extension: 'client/src/extension.ts' }, outdir: 'dist', external: ['vscode'] },
  { ...node, entryPoints: { server: 'server/src/language/main.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { portcullis: 'server/src/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
  },
  { ...node, entryPoints: { binance: 'examples/binance/server/main.ts' }, outdir: 'dist/examples' },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    entryPoints: { audit: 'client/webview/audit/main.ts' },
    outdir: 'dist/webview',
  },
];

if (watch) {
  const contexts = await Promise.all(bundles.map((options) => context(options)));
  await Promise.all(contexts.map((each) => each.watch()));
  console.log('watching');
} else {
  await rm(path.join(root, 'dist'), { recursive: true, force: true });
  await Promise.all(bundles.map((options) => build(options)));
}
