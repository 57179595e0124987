/** The policy's file, watched: what is told when it is wrong, and that no edit of it is missed. */
import fs from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openPolicyFile } from '../../server/src/gateway/rules/policyFile.ts';
import { makeFolder } from '../support/folder.ts';
import { collectingLog } from '../support/servers/log.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test('an edit that leaves size, times and place as they were is found within a second', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await using folder = await makeFolder({ 'policy.json': '{"version":"1","default":"allow"}' });
  const file = folder.file('policy.json');
  const asItWas = fs.statSync(file, { bigint: true });
  vi.spyOn(fs, 'statSync').mockImplementation(() => asItWas);
  const changed = vi.fn();
  const source = openPolicyFile(file, collectingLog().log, changed);
  const before = source.current().policy?.hash;
  fs.writeFileSync(file, '{"version":"1","default": "deny"}');
  vi.advanceTimersByTime(1_000);
  expect(source.current().policy?.hash).not.toBe(before);
  vi.advanceTimersByTime(60_000);
  expect(changed).toHaveBeenCalledOnce();
  await source.close();
});

describe('a policy that is invalid: the status says where, and what most likely is meant', () => {
  test.each([
    ['{\n  "version": "1",\n  "default": "maybe"\n}', 'The policy is invalid at 3:14: '],
    [
      '{\n  "version": "1",\n  "défaut": 1,\n  "defualt": "deny"\n}',
      'The policy is invalid at 3:3: Unknown key "défaut"',
    ],
    ['{ "version": "1", "defualt": "deny" }', 'The policy is invalid at 1:19: Unknown key "defualt"'],
    ['{ "version": "1" }', 'The policy is invalid at 1:1: '],
    ['{ "version": "1",\n "default": }', 'The policy is invalid at 2:13: '],
  ])('%s', async (text, told) => {
    await using folder = await makeFolder({ 'policy.json': text });
    const source = openPolicyFile(folder.file('policy.json'), collectingLog().log, () => undefined);
    expect(source.status().problem).toContain(told);
    await source.close();
  });
});
