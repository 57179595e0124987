/**
 * What esbuild makes of the sources: the processes and the webview in dist/, and the in-host tests in out/suite.
 */
import { build, context, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { glob, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');

const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };

const shared = {
  absWorkingDir: root,
  bundle: true,
  logLevel: 'warning',
  metafile: true,
  define: { PORTCULLIS_VERSION: JSON.stringify(version) },
} satisfies BuildOptions;

const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  // The commands that keep no state run on Node 20.
  target: 'node20',
  // jsonc-parser's "main" is a UMD file that a bundler cannot follow.
  mainFields: ['module', 'main'],
} satisfies BuildOptions;

/** Of the client for Redis: telemetry and a faster hash, neither of which is used. */
const optionalForRedis = ['@opentelemetry/api', '@node-rs/xxhash'];

/** Few gateways share their state, and the client is larger than all else in their program: it is a bundle of its own, read when it is needed. */
const redisApart: Plugin = {
  name: 'redis-apart',
  setup(building) {
    building.onResolve({ filter: /^@redis\/client$/ }, () => ({ path: './redis.js', external: true }));
  },
};

const product: readonly BuildOptions[] = [
  { ...node, entryPoints: { extension: 'client/src/extension.ts' }, outdir: 'dist', external: ['vscode'] },
  { ...node, entryPoints: { server: 'server/src/language/main.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { portcullis: 'server/src/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
    plugins: [redisApart],
  },
  { ...node, entryPoints: { redis: '@redis/client' }, outdir: 'dist', external: optionalForRedis },
  { ...node, entryPoints: { guard: 'server/src/cli/guard.ts' }, outdir: 'dist' },
  // The SDK runs on Node 22.15 and newer; portcullis.js loads it only there.
  { ...node, target: 'node22', entryPoints: { telemetry: 'server/src/cli/telemetry.ts' }, outdir: 'dist' },
  {
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2023',
    entryPoints: { audit: 'client/webview/audit/main.ts', builder: 'client/webview/builder/main.ts' },
    outdir: 'dist/webview',
  },
];

/** The demo server of examples/binance: TypeScript too, so it is bundled before it can run. */
const demoServer: BuildOptions = {
  ...node,
  entryPoints: { binance: 'examples/binance/server/main.ts' },
  outdir: 'out/examples',
};

/** Bundles the product into an emptied dist/; a production build is minified and has no source maps. */
export async function buildProduct(mode: { readonly production: boolean }): Promise<readonly Metafile[]> {
  await rm(path.join(root, 'dist'), { recursive: true, force: true });
  const results = await Promise.all(
    product.map((options) => build({ ...options, ...modeOptions(mode), metafile: true })),
  );
  await build(demoServer);
  return results.map((result) => result.metafile);
}

/** Rebuilds on change until the process ends. */
export async function watchProduct(): Promise<void> {
  const contexts = await Promise.all(
    product.map((options) => context({ ...options, ...modeOptions({ production: false }) })),
  );
  await Promise.all(contexts.map((each) => each.watch()));
}

/** Bundles the tests that run inside VS Code's extension host, one file each, beside the entry that runs them. */
export async function buildSuite(): Promise<string> {
  const outdir = path.join(root, 'out', 'suite');
  await rm(outdir, { recursive: true, force: true });
  const tests: string[] = [];
  for await (const file of glob('test/vscode/suite/**/*.test.ts', { cwd: root })) tests.push(file);
  await build({
    ...node,
    entryPoints: ['test/vscode/host/suite.ts', ...tests],
    entryNames: '[name]',
    outdir,
    sourcemap: 'inline',
    // One mocha for the entry and all test files; it lies in node_modules.
    external: ['vscode', 'mocha'],
  });
  return path.join(outdir, 'suite.js');
}

function modeOptions({ production }: { readonly production: boolean }): BuildOptions {
  return { minify: production, sourcemap: production ? false : 'linked' };
}
