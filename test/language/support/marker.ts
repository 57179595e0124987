/** The project's convention for positions in test texts: `|` is the cursor. */

export interface Marked {
  readonly text: string;
  readonly offset: number;
}

/** The text without its marker, and where it stood. Throws unless there is exactly one. */
export function marked(textWithMarker: string): Marked {
  const offset = textWithMarker.indexOf('|');
  const text = textWithMarker.slice(0, offset) + textWithMarker.slice(offset + 1);
  if (offset < 0 || text.includes('|')) throw new Error(`Exactly one | must mark the cursor in: ${textWithMarker}`);
  return { text, offset };
}
