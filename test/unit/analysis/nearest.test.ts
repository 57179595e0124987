import { describe, expect, it } from 'vitest';
import { nearest } from '../../../server/src/analysis/index.ts';

const tools = [
  'create_issue',
  'create_issues',
  'close_issue',
  'list_commits',
  'get_file_contents',
  'search_code',
  'ls',
];

describe('nearest', () => {
  it.each<[name: string, expected: string | undefined, why: string]>([
    ['create_isue', 'create_issue', 'a letter left out'],
    ['craete_issue', 'create_issue', 'neighbours swapped'],
    ['create-issue', 'create_issue', 'another separator'],
    ['createIssue', 'create_issue', 'another way to write it'],
    ['CREATE_ISSUE', 'create_issue', 'another case'],
    ['сreate_issue', 'create_issue', 'a look-alike letter'],
    ['list_commit', 'list_commits', 'a letter less'],
    ['get_file', 'get_file_contents', 'the beginning of one only'],
    ['l', undefined, 'too short to tell'],
    ['delete_repository', undefined, 'nothing near'],
    ['', undefined, 'nothing at all'],
  ])('%j → %j: %s', (name, expected) => {
    expect(nearest(name, tools)).toBe(expected);
  });

  it('never answers with the name itself, and of equals takes the first in order of code units', () => {
    expect(nearest('create_issue', tools)).toBe('create_issues');
    expect(nearest('cat', ['hat', 'bat', 'rat'])).toBe('bat');
    expect(nearest('cat', ['rat', 'hat', 'bat'])).toBe('bat');
  });

  it('is quick among many names, however long', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `service_${index}_operation_with_a_long_name`);
    const begun = performance.now();
    for (let index = 0; index < 20; index++) nearest(`servise_${index}_operation_with_long_name`, names);
    nearest('x'.repeat(1_000_000), names);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});
