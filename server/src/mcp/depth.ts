/** How deeply JSON text is nested, told by one pass over its characters: before anything that recurses gets to see it. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Whether more than `limit` arrays and objects are open at once somewhere in `text`. */
export function isDeeperThan(limit: number, text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (OPENING.has(char)) depth += 1;
    else if (CLOSING.has(char)) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

/** The same messages with nothing in the arrays and objects that they hold: enough to see which request an answer is for. */
export function withoutDepth(text: string): string {
  const kept = /^\s*\[/.test(text) ? 2 : 1;
  let depth = 0;
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const start = at;
    const char = text.charCodeAt(at);
    if (char === QUOTE) at = endOfString(text, at);
    else if (CLOSING.has(char)) depth -= 1;
    if (depth <= kept) result += text.slice(start, at + 1);
    if (OPENING.has(char)) depth += 1;
  }
  return result;
}

/** Where the string that begins at `start` has its closing quote; the end of the text where it has none. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 1;
}
