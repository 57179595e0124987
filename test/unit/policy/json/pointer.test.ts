import { describe, expect, test } from 'vitest';
import { locate, pointerAt, pointerOf, tokensOf } from '../../../../server/src/policy/index.ts';
import { json } from '../../../support/policy.ts';

const TEXT = '{ "tools": { "a/b~c": { "limits": [ {}, { "max": 5 } ] }, "": 1 } }';
const ROOT = json(TEXT);

describe('pointers (RFC 6901)', () => {
  test('escape ~ and /', () => {
    expect(pointerOf(['tools', 'a/b~c'])).toBe('/tools/a~1b~0c');
    expect(tokensOf('/tools/a~1b~0c')).toEqual(['tools', 'a/b~c']);
    expect(tokensOf('/~01')).toEqual(['~1']);
  });

  test('the empty pointer is the document', () => {
    expect(locate(ROOT, '')?.node).toBe(ROOT);
    expect(pointerOf([])).toBe('');
  });

  test.each([
    ['/tools/a~1b~0c/limits/1/max', '5'],
    ['/tools/', '1'],
    ['/tools/a~1b~0c/limits/0', '{}'],
  ])('%s finds %s', (pointer, text) => {
    const { node } = locate(ROOT, pointer)!;
    expect(TEXT.slice(node.start, node.end)).toBe(text);
  });

  test.each([
    '/nothing',
    '/tools/a~1b~0c/limits/2',
    '/tools/a~1b~0c/limits/01',
    '/tools/a~1b~0c/limits/-',
    '/__proto__',
    'tools',
  ])('%s finds nothing', (pointer) => {
    expect(locate(ROOT, pointer)).toBeUndefined();
  });

  test('a member knows its key', () => {
    const member = locate(ROOT, '/tools/a~1b~0c')?.member;
    expect(TEXT.slice(member?.key.start, member?.key.end)).toBe('"a/b~c"');
    expect(locate(ROOT, '/tools/a~1b~0c/limits/0')?.member).toBeUndefined();
  });

  test('an offset leads to the innermost place', () => {
    expect(pointerAt(ROOT, TEXT.indexOf('5'))).toBe('/tools/a~1b~0c/limits/1/max');
    expect(pointerAt(ROOT, TEXT.indexOf('a/b') + 1)).toBe('/tools/a~1b~0c');
    expect(pointerAt(ROOT, 1)).toBe('');
  });
});
