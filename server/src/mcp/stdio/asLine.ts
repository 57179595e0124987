/** JSON text as one line for whoever reads line by line. Some also end lines at U+2028 and U+2029, which JSON may hold unescaped. */

/** `json` holds no line break, as `JSON.stringify` writes it. With the line break at its end. */
export function asLine(json: string): string {
  return `${json.replace(/[\u2028\u2029]/g, (char) => (char === '\u2028' ? '\\u2028' : '\\u2029'))}\n`;
}
