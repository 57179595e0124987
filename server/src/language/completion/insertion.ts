/** Text to insert, with places for the cursor: rendered as an LSP snippet, or as plain text that is valid JSON all the same. */

export type Piece = string | Stop;

export interface Stop {
  readonly stop: number;
  /** What stands there until the user types. */
  readonly text: string;
  /** What stands there in an editor without snippets; the text, unless something must. */
  readonly plain?: string;
}

export const stop = (number: number, text = ''): Stop => ({ stop: number, text });

export function asSnippet(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? escape(piece) : tabstop(piece))).join('');
}

export function asPlain(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : (piece.plain ?? piece.text))).join('');
}

function tabstop({ stop: number, text }: Stop): string {
  return text === '' ? `\${${number}}` : `\${${number}:${escape(text)}}`;
}

function escape(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
