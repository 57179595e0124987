/** How wide a text is on a terminal. Texts must already be escaped: nothing invisible, no control characters. */

/** Letters that take two columns (Unicode, East Asian Width "wide"), and pictures. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303E\uFF01-\uFF60\p{Emoji_Presentation}]/u;
/** Marks that stand on the letter before them. */
const MARK = /\p{M}/u;

const ASCII = /^[\u0020-\u007E]*$/;

/** Columns of the text on a terminal. */
export function columnsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  return Array.from(text).reduce((sum, character) => sum + columnsOfCharacter(character), 0);
}

/** The text, or as much of it as fits with a `…` behind. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  let left = columns - 1;
  for (const character of text) {
    left -= columnsOfCharacter(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The text in lines of at most `columns`, broken between words; a longer word is cut. At least one line. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && columnsOf(longer) > columns) {
      lines.push(line);
      line = clip(word, columns);
    } else line = clip(longer, columns);
  }
  return [...lines, line];
}

function columnsOfCharacter(character: string): number {
  if (MARK.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
