import { describe, expect, test } from 'vitest';
import { paint, readTerminal } from '../../../server/src/cli/terminal.ts';

const screen = { isTTY: true, columns: 90, hasColors: () => true };
const file = { isTTY: false };

describe('readTerminal', () => {
  test.each([
    ['a terminal has a width and colours', screen, {}, { width: 90, colour: true }],
    ['a file has neither', file, {}, { colour: false }],
    ['NO_COLOR', screen, { NO_COLOR: '1' }, { width: 90, colour: false }],
    ['an empty NO_COLOR says nothing', screen, { NO_COLOR: '' }, { width: 90, colour: true }],
    ['FORCE_COLOR', file, { FORCE_COLOR: '1' }, { colour: true }],
    ['FORCE_COLOR=0', screen, { FORCE_COLOR: '0' }, { width: 90, colour: false }],
    ['NO_COLOR wins', file, { FORCE_COLOR: '1', NO_COLOR: '1' }, { colour: false }],
    ['COLUMNS', file, { COLUMNS: '72' }, { width: 72, colour: false }],
    ['a COLUMNS that is no width', screen, { COLUMNS: '0' }, { width: 90, colour: true }],
  ])('%s', (_, output, env, expected) => {
    expect(readTerminal(output, env)).toEqual(expected);
  });
});

test('paint adds nothing where there are no colours', () => {
  expect(paint('x', 'red', { colour: false })).toBe('x');
  expect(paint('x', 'red', { colour: true })).toBe('\u001B[31mx\u001B[0m');
});
