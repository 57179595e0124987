/** `npm run pictures`: takes the README's pictures from those that the UI tests have just made. */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from './bundles.mts';

const pictures = {
  story: 'audit-dark',
  hover: 'hover',
  builder: 'builder-selected',
  drift: 'drift',
  'audit-view': 'audit-details',
  'first-1-walkthrough': 'five-1-walkthrough',
  'first-2-gateway': 'five-2-gateway',
  'first-3-completion': 'five-3-completion',
  'first-4-calls': 'five-4-calls',
  'first-5-fix': 'five-5-fix',
  'first-6-accept': 'five-6-accept',
  'first-7-allowed': 'five-7-allowed',
};

const target = path.join(root, 'docs', 'images');
await mkdir(target, { recursive: true });
for (const [name, screenshot] of Object.entries(pictures)) {
  await copyFile(path.join(root, 'out', 'screenshots', `${screenshot}.png`), path.join(target, `${name}.png`));
}
