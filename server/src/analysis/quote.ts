/** Names and texts as findings show them: quoted, escaped and bounded. Both servers and policies may hold anything. */
import { escapeUntrusted } from '../catalog/escape.ts';

export function quote(text: string): string {
  return `"${escapeUntrusted(text, { max: 80 })}"`;
}

/** `"a", "b" and 5 more`. */
export function quoteSome(names: readonly string[], limit = 5): string {
  const shown = names.slice(0, limit).map(quote);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
