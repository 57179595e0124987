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

/** What is large and seldom needed, or not at once: each is a bundle of its own beside those that import it, read from disk when that happens. */
const apart = {
  // Most of the extension's code; in a window without a policy nothing of it is needed.
  languageClient: { from: /\/sealedClient\.ts$/, entry: 'client/src/language/sealedClient.ts' },
  // Few gateways share their state, and the client is larger than all else in their program.
  redis: { from: /^@redis\/client$/, entry: '@redis/client' },
} as const;

const readApart: Plugin = {
  name: 'read-apart',
  setup(building) {
    for (const [name, { from }] of Object.entries(apart)) {
      building.onResolve({ filter: from }, ({ kind }) =>
        kind === 'entry-point' ? null : { path: `./${name}.js`, external: true },
      );
    }
  },
};

/** Each module's `import * as vscode` would copy the names of the whole API: they share one copy. */
const vscodeOnce: Plugin = {
  name: 'vscode-once',
  setup(building) {
    building.onResolve({ filter: /^vscode$/ }, ({ kind, namespace }) =>
      kind === 'import-statement' && namespace === 'file' ? { path: 'vscode', namespace: 'shared' } : null,
    );
    building.onLoad({ filter: /^vscode$/, namespace: 'shared' }, () => ({ contents: "export * from 'vscode';" }));
  },
};

/** A bundle that the extension host loads: `import()` becomes `require`, which finds `vscode` in every file. */
const inEditor = { ...node, outdir: 'dist', external: ['vscode'], supported: { 'dynamic-import': false } };

const product: readonly BuildOptions[] = [
  { ...inEditor, entryPoints: { extension: 'client/src/extension.ts' }, plugins: [readApart, vscodeOnce] },
  { ...inEditor, entryPoints: { languageClient: apart.languageClient.entry } },
  { ...node, entryPoints: { server: 'server/src/language/main.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { portcullis: 'server/src/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
    plugins: [readApart],
  },
  { ...node, entryPoints: { redis: apart.redis.entry }, outdir: 'dist', external: optionalForRedis },
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
