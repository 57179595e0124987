/** A memory of answers about texts: asks once, and stays small. */
import { describe, expect, it } from 'vitest';
import { remembering } from '../../../server/src/catalog/remembering.ts';

describe('remembering', () => {
  it('asks once for each text, also where there is no answer', () => {
    const asked: string[] = [];
    const answer = remembering((text) => (asked.push(text), text === 'a' ? 1 : undefined), { longest: 8 });
    expect([answer('a'), answer('b'), answer('a'), answer('b')]).toEqual([1, undefined, 1, undefined]);
    expect(asked).toEqual(['a', 'b']);
  });

  it('keeps no long text, and no more texts than it may', () => {
    const asked: string[] = [];
    const answer = remembering((text) => void asked.push(text), { longest: 2, texts: 2 });
    for (const text of ['long', 'long', 'a', 'b', 'c', 'a']) answer(text);
    expect(asked).toEqual(['long', 'long', 'a', 'b', 'c', 'a']);
  });
});
