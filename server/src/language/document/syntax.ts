/**
 * jsonc-parser's token kinds. The package declares them as `const enum`, which code that is compiled file by file cannot read.
 */
export const SYNTAX = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  end: 17,
  /** Not a kind but an error of a string token: its closing quote is missing. */
  unterminated: 2,
} as const;
