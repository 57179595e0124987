import { describe, expect, it } from 'vitest';
import { Failures } from '../../../client/src/report/failures.ts';
import { reportOf } from '../../../client/src/report/markdown.ts';
import type { ReportedState } from '../../../client/src/report/state.ts';

const empty: ReportedState = {
  versions: {},
  surroundings: {},
  gateway: 'stopped',
  servers: [],
  policies: [],
  findings: {},
  waiting: [],
  failures: [],
};

describe('a report of the state', () => {
  it.each([
    ['markup and a link', '<img src=x>[x](y)', '- `<img src=x>[x](y)`'],
    ['a fence', 'a``b', '- ``` a``b ```'],
    ['a line break and a hidden character', 'a\n# b\u202e', '- `a # b `'],
  ])('shows a name with %s as it is', (_what, name, shown) => {
    expect(reportOf({ ...empty, policies: [name] })).toContain(`## Policies\n\n${shown}\n`);
  });

  it('says "none" where there is nothing', () => {
    expect(reportOf(empty)).toContain('## Servers\n\nnone\n');
  });

  it('keeps the kind of the last failures, and no message', () => {
    const failures = new Failures();
    for (let count = 0; count < 12; count += 1) failures.note(`command ${String(count)}`, new RangeError('message'));
    failures.note('reading', Object.assign(new Error('message'), { code: 'ENOENT' }));
    failures.note('odd', 'message');
    expect(failures.last.map(({ what, kind }) => `${what}: ${kind}`).slice(-3)).toEqual([
      'command 11: RangeError',
      'reading: Error (ENOENT)',
      'odd: string',
    ]);
    expect(failures.last).toHaveLength(10);
    expect(JSON.stringify(failures.last)).not.toContain('message');
  });
});
