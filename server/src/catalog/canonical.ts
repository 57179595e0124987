/** Canonical JSON: one text for each value, whatever the order of keys. For comparing and fingerprinting, not for sending. */

/** Numbers that the wire reader keeps digit by digit (`JSON.rawJSON`). */
const isRawJson = (JSON as { isRawJSON?: (value: unknown) => boolean }).isRawJSON ?? (() => false);

/** Still to be written: a finished piece of text, or a value. */
type Pending = { readonly text: string } | { readonly value: unknown };

/**
 * JSON with keys sorted by UTF-16 code units and without white space. Members whose value JSON does not have are left out; elsewhere such a value is `null`.
 * Walks without recursion, so that no depth of a hostile value can throw.
 */
export function canonicalJson(value: unknown): string {
  const written: string[] = [];
  const stack: Pending[] = [{ value }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if ('text' in next) written.push(next.text);
    else if (typeof next.value !== 'object' || next.value === null || isRawJson(next.value))
      written.push(scalar(next.value));
    else for (const piece of pieces(next.value).reverse()) stack.push(piece);
  }
  return written.join('');
}

function scalar(value: unknown): string {
  const isJson = value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';
  return isJson ? JSON.stringify(value) : 'null';
}

function pieces(value: object): Pending[] {
  const list: Pending[] = [];
  if (Array.isArray(value)) {
    value.forEach((item, index) => list.push({ text: index === 0 ? '[' : ',' }, { value: item }));
    return [...list, { text: value.length === 0 ? '[]' : ']' }];
  }
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined || typeof member === 'function') continue;
    list.push({ text: `${list.length === 0 ? '{' : ','}${JSON.stringify(key)}:` }, { value: member });
  }
  return [...list, { text: list.length === 0 ? '{}' : '}' }];
}
