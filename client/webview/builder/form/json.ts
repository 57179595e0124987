/** JSON texts from what was typed. Pure: numbers keep their digits, for the policy's own reader to judge. */

export const arrayJson = (items: readonly string[]): string => `[${items.join(', ')}]`;

/** One value a line; empty lines do not count. Lines that are no texts are JSON as they stand. */
export function linesJson(text: string, areTexts: boolean): string {
  const lines = text.split(/\r?\n/);
  if (areTexts) return arrayJson(lines.filter((line) => line !== '').map((line) => JSON.stringify(line)));
  return arrayJson(lines.map((line) => line.trim()).filter((line) => line !== ''));
}
