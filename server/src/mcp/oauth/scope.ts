/** Sets of scopes, written as RFC 6749 section 3.3 does: names separated by spaces. Pure. */

/** Each scope once, in the order in which they first come; undefined when there is none. */
export function unionOfScopes(...scopes: readonly (string | undefined)[]): string | undefined {
  const names = new Set(scopes.flatMap(namesIn));
  return names.size === 0 ? undefined : [...names].join(' ');
}

/** Whether every scope of `part` is in `whole`. */
export function coversScope(whole: string | undefined, part: string | undefined): boolean {
  const names = new Set(namesIn(whole));
  return namesIn(part).every((name) => names.has(name));
}

function namesIn(scope: string | undefined): string[] {
  return (scope ?? '').split(/\s+/).filter((name) => name !== '');
}
