/** Names and messages from servers and agents, as they may be shown: nothing in them hides, or turns the order around in which a line is read. Pure. */

/** Controls, formats (direction among them), private and unassigned characters, line ends, and letters that are blank. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]/gu;

/** Each such character as its number: `\u{202e}`. */
export const visible = (text: string): string =>
  text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** So many characters of a name are told where it stands in full nearby. */
const SHORT = 40;

export const shortened = (name: string): string => (name.length <= SHORT ? name : `${name.slice(0, SHORT - 1)}…`);

/** For texts in which VS Code makes links of `[text](address)`, also to commands: those that it has no other way to show. */
export const withoutLinks = (text: string): string => text.replaceAll('](', '] (');
