/** Long lines, so that all of them is drawn: VS Code ends a very long line early, and text may hide behind its end. */

const LONGEST = 4_000;

/** Ends a line that goes on below. */
export const FOLD = '⏎';

export function foldLines(lines: readonly string[]): readonly string[] {
  return lines.flatMap(foldLine);
}

function foldLine(line: string): readonly string[] {
  // Never within a surrogate pair.
  const pieces = line.length > LONGEST ? (line.match(/.{1,4000}/gsu) ?? []) : [line];
  return pieces.map((piece, index) => (index < pieces.length - 1 ? piece + FOLD : piece));
}
