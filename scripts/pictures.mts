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
};

const target = path.join(root, 'docs', 'images');
await mkdir(target, { recursive: true });
for (const [name, screenshot] of Object.entries(pictures)) {
  await copyFile(path.join(root, 'out', 'screenshots', `${screenshot}.png`), path.join(target, `${name}.png`));
}
