import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findPolicies } from '../../../server/src/mcp/index.ts';
import { makeFolder } from '../../support/folder.ts';

const POLICY = '{ "version": "1", "default": "deny", "server": "git" }';

/** What is found, by path within the folder. */
async function found(files: Readonly<Record<string, string>>): Promise<readonly [string, string | undefined][]> {
  await using folder = await makeFolder(files);
  return (await findPolicies(folder.path)).map((policy) => [path.relative(folder.path, policy.path), policy.server]);
}

describe('the policies of a folder', () => {
  test('stand in it and in .mcp, not deeper', async () => {
    const files = { 'policy.json': POLICY, '.mcp/git.policy.json': POLICY, 'data/policy.json': POLICY };
    expect(await found(files)).toEqual([
      ['policy.json', 'git'],
      ['.mcp/git.policy.json', 'git'],
    ]);
  });

  test("leave other products' files alone", async () => {
    const iam = '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] }';
    expect(await found({ 'policy.json': iam })).toEqual([]);
  });

  test('stay policies while they are broken', async () => {
    expect(await found({ 'git.policy.json': '{ "server": "git", "default": ' })).toEqual([['git.policy.json', 'git']]);
  });

  test.skipIf(process.platform === 'win32')(
    'are files: a pipe, a device or a folder of such a name is passed over',
    async () => {
      await using folder = await makeFolder({ 'git.policy.json': POLICY });
      execFileSync('sh', ['-c', 'mkfifo "$0"', folder.file('pipe.policy.json')]);
      symlinkSync('/dev/zero', folder.file('endless.policy.json'));
      mkdirSync(folder.file('folder.policy.json'));
      symlinkSync('nowhere', folder.file('dangling.policy.json'));
      expect(await findPolicies(folder.path)).toEqual([{ path: folder.file('git.policy.json'), server: 'git' }]);
    },
  );

  test('stay policies when they are too large to be read', async () => {
    const padded = `{ "version": "1", "default": "deny", "description": "${'x'.repeat(5 * 1024 * 1024)}" }`;
    expect(await found({ 'policy.json': padded })).toEqual([['policy.json', undefined]]);
  });
});
