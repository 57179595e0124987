import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineReader } from '../../../server/src/mcp/stdio/lines.ts';

/** What a reader makes of these chunks: lines, and `[head…tail]` for those that were too long. */
function read(chunks: readonly Uint8Array[], maxBytes = 1_000): readonly string[] {
  const seen: string[] = [];
  const reader = new LineReader(maxBytes, {
    line: (text) => seen.push(text),
    tooLong: (head, tail) => seen.push(`[${head.slice(0, 3)}…${tail.slice(-3)}]`),
  });
  for (const chunk of chunks) reader.push(Buffer.from(chunk));
  reader.end();
  return seen;
}

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('lines', () => {
  test('are whole however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat(40)), (texts, cuts) => {
        const lines = texts.map((text) => text.replaceAll('\n', '')).filter((text) => text.trim() !== '');
        const stream = bytes(lines.join('\n'));
        const places = [0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length];
        const chunks = places.slice(1).map((end, index) => stream.subarray(places[index], end));
        expect(read(chunks, 100_000)).toEqual(lines);
      }),
    );
  });

  test('that are empty are none, and the last one needs no newline', () => {
    expect(read([bytes('\n  \n\r\na\nb')])).toEqual(['a', 'b']);
  });

  test('that are too long are dropped alone', () => {
    const long = bytes(`beg${'x'.repeat(5_000)}end\n`);
    expect(read([bytes('a\n'), long, bytes('b\n')])).toEqual(['a', '[beg…end]', 'b']);
    const pieces = Array.from({ length: 500 }, (_, index) => long.subarray(index * 11, index * 11 + 11));
    expect(read([...pieces, bytes('b')])).toEqual(['[beg…end]', 'b']);
  });
});
