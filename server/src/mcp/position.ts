/** Where an offset stands in a text, for people. */
import type { LineColumn } from '../policy/json/node.ts';

let latest: { readonly text: string; readonly starts: readonly number[] } = { text: '', starts: [0] };

/** Fast for many offsets of one text in turn: a file may hold as many entries as somebody likes. */
export function positionIn(text: string, offset: number): LineColumn {
  if (text !== latest.text) latest = { text, starts: lineStarts(text) };
  const { starts } = latest;
  let [line, behind] = [0, starts.length];
  while (behind - line > 1) {
    const middle = (line + behind) >> 1;
    if ((starts[middle] ?? 0) <= offset) line = middle;
    else behind = middle;
  }
  return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
