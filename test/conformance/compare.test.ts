import { describe, expect, test } from 'vitest';
import { losses, tally } from './compare.mts';
import type { Check, Results } from './suite.mts';

function check(id: string, status: Check['status'] = 'SUCCESS', errorMessage?: string): Check {
  return { id, name: id, status, ...(errorMessage !== undefined && { errorMessage }) };
}

function results(...checks: readonly Check[]): Results {
  return new Map([['scenario', checks]]);
}

describe('a check is lost', () => {
  const direct = results(check('kept'), check('at stake'));

  test.each([
    ['when it fails', check('at stake', 'FAILURE', 'why'), 'failure: why'],
    ['when it is skipped', check('at stake', 'SKIPPED'), 'skipped: no reason given'],
    ['when it only tells', check('at stake', 'INFO'), 'info: no reason given'],
    ['when it warns', check('at stake', 'WARNING'), 'warning: no reason given'],
  ])('%s', (_, found, message) => {
    const lost = losses({ direct, through: results(check('kept'), found) });
    expect(lost).toEqual([{ scenario: 'scenario', check: 'at stake at stake', message }]);
  });

  test('when it is missing, and with it the whole scenario', () => {
    expect(losses({ direct, through: results(check('kept')) })).toHaveLength(1);
    expect(losses({ direct, through: new Map() })).toHaveLength(2);
  });

  test('when it fails only through the gateway', () => {
    const through = results(check('kept'), check('at stake'), check('new', 'FAILURE'));
    expect(losses({ direct, through })).toHaveLength(1);
  });

  test('when it fails through the gateway and is skipped directly', () => {
    const skipped = results(check('kept'), check('new', 'SKIPPED'));
    expect(losses({ direct: skipped, through: results(check('kept'), check('new', 'FAILURE')) })).toHaveLength(1);
  });

  test('when it is made twice directly and once through', () => {
    expect(losses({ direct: results(check('a'), check('a')), through: results(check('a')) })).toHaveLength(1);
  });
});

test('nothing is lost that did not pass directly', () => {
  const direct = results(check('kept'), check('failed', 'FAILURE'));
  expect(losses({ direct, through: results(check('kept')) })).toEqual([]);
});

test('a scenario in which nothing passes directly counts as lost, since it shows nothing', () => {
  expect(losses({ direct: results(check('told', 'INFO')), through: results() })).toHaveLength(1);
  expect(losses({ direct: results(), through: results() })).toHaveLength(1);
});

test('what does not apply is not compared: a check, a scenario, or a check of one scenario', () => {
  const direct = results(check('kept'), check('elsewhere'));
  const through = results(check('kept'));
  expect(losses({ direct, through, inapplicable: new Set(['elsewhere']) })).toEqual([]);
  expect(losses({ direct, through, inapplicable: new Set(['scenario:elsewhere']) })).toEqual([]);
  expect(losses({ direct, through, inapplicable: new Set(['another:elsewhere']) })).toHaveLength(1);
  expect(losses({ direct, through: results(), inapplicable: new Set(['scenario']) })).toEqual([]);
});

test('a tally counts what was judged', () => {
  const checks = [check('a'), check('b', 'FAILURE'), check('c', 'WARNING'), check('d', 'INFO'), check('e', 'SKIPPED')];
  expect(tally(checks)).toEqual({ passed: 1, total: 3 });
});
