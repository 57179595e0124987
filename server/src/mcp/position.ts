import type { LineColumn } from '../policy/json/node.ts';

/** Where an offset stands, for people. */
export function positionIn(text: string, offset: number): LineColumn {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
