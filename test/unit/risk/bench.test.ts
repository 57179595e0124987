/** The risk bench, run as a contributor runs it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/bundles.mts';
import { makeFolder } from '../../support/folder.ts';

const run = promisify(execFile);

it('counts agreement, dangerous misses and flagged reads, and compares with the hints', async () => {
  const rows = [
    { server: 'a', tool: 'get_page', category: 'Read' },
    { server: 'a', tool: 'delete_page', category: 'Read' },
    { server: 'a', tool: 'list_wipes', category: 'Destructive' },
    { server: 'a', tool: 'delete_order', category: 'Financial', also: 'Destructive' },
    { server: 'a', tool: 'whatever', category: 'Other' },
  ];
  const listed = [
    { name: 'get_shop', annotations: { readOnlyHint: true } },
    { name: 'delete_shop', annotations: { readOnlyHint: true } },
  ];
  await using folder = await makeFolder({
    'labels.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    'shop.json': JSON.stringify({ tools: listed }),
  });

  const { stdout } = await run(
    process.execPath,
    ['scripts/bench-risk.mts', '--labels', folder.file('labels.jsonl'), '--tools', folder.file('shop.json')],
    {
      cwd: root,
    },
  );

  expect(stdout).toContain('1 rows without one of the five categories were left out.');
  expect(stdout).toContain('category agrees: 1 / 4 (25.0 %); category or second category acceptable: 2 / 4 (50.0 %)');
  expect(stdout).toContain('called Read: 1 / 2 (50.0 %)');
  expect(stdout).toContain('Read called something else: 1 / 2 (50.0 %)');
  expect(stdout).toContain('| shop | 2 | 1 / 2 (50.0 %) | 1 / 2 (50.0 %) |');
  expect(stdout).toMatch(/Processor time for 2 tools: [\d.]+ ms warm/);
});
