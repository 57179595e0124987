import { describe, expect, it } from 'vitest';
import { escapeUntrusted, hasHiddenCharacters, hiddenCharacters } from '../../../server/src/catalog/index.ts';

describe('escapeUntrusted', () => {
  it('leaves ordinary text of any language alone', () => {
    for (const text of ['delete_file', 'Löscht die Datei.', '删除文件', 'קובץ', 'send 🎉 now'])
      expect(escapeUntrusted(text)).toBe(text);
  });

  it.each([
    ['a zero-width space', 'a\u200Bb', 'a\\u{200B}b'],
    ['a right-to-left override', 'a\u202Eb', 'a\\u{202E}b'],
    ['a tag character', 'a\u{E0041}b', 'a\\u{E0041}b'],
    ['a variation selector that smuggles', 'a\u{E0101}b', 'a\\u{E0101}b'],
    ['an ANSI escape', '\u001B[31mred', '\\u{1B}[31mred'],
    ['a line feed', 'a\nb', 'a\\u{A}b'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['a lone surrogate', 'a\uD800b', 'a\\u{D800}b'],
    ['a wide space', 'a\u2003b', 'a\\u{2003}b'],
    ['a Hangul filler', 'a\u3164b', 'a\\u{3164}b'],
  ])('makes %s visible', (_, text, escaped) => {
    expect(escapeUntrusted(text)).toBe(escaped);
  });

  it('keeps lines where they are asked for', () => {
    expect(escapeUntrusted('a\n\tb\u200B', { lines: true })).toBe('a\n\tb\\u{200B}');
  });

  it('cuts long text between characters', () => {
    expect(escapeUntrusted('😀'.repeat(300), { max: 3 })).toBe('😀😀…');
    expect(escapeUntrusted('abc', { max: 3 })).toBe('abc');
    expect(Array.from(escapeUntrusted('x'.repeat(1_000_000)))).toHaveLength(200);
  });

  it('tells hidden characters from ordinary white space', () => {
    expect(hasHiddenCharacters('a b\u00A0c\r\n\td')).toBe(false);
    expect(hiddenCharacters('a\u200Bb\u200Bc\u202E')).toEqual(['\u200B', '\u202E']);
  });
});
