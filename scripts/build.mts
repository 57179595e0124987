/**
 * `npm run build`: bundles the product into dist/. `--watch` rebuilds on change, `--production` minifies,
 * `--tests` also bundles the tests that run inside VS Code.
 */
import { buildProduct, buildSuite, watchProduct } from './bundles.mts';

if (process.argv.includes('--watch')) {
  // Editors wait for these two lines to know when a build begins and ends.
  console.log('[watch] build started');
  await watchProduct();
  console.log('[watch] build finished');
} else {
  await buildProduct({ production: process.argv.includes('--production') });
  if (process.argv.includes('--tests')) await buildSuite();
}
