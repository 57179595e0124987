/** Tool patterns (policy language §1): exact names, or strings in which each `*` stands for any run of characters. */

/** Whether a key or an item of `hide` is a pattern rather than a name. */
export function isPattern(text: string): boolean {
  return text.includes('*');
}

/**
 * Case-sensitive, by code point, nothing folded. Takes the pieces between stars in turn, each at its first place: with only `*` as a
 * wildcard the earliest match is never worse, so nothing is ever tried twice.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return pattern === name;
  const end = name.length - last.length;
  if (!name.startsWith(first) || !name.endsWith(last) || end < first.length) return false;
  let at = first.length;
  for (const piece of others) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
