/** JSON that may break its own rules: members come in pairs, so that a key may come twice, and every literal is text, so that numbers keep any form. */
import type { Random } from './random.ts';

export type Loose =
  | { readonly kind: 'object'; readonly members: [string, Loose][] }
  | { readonly kind: 'array'; readonly items: Loose[] }
  /** JSON text, or what somebody may take for it. */
  | { readonly kind: 'text'; text: string };

export const text = (value: string): Loose => ({ kind: 'text', text: value });
export const string = (value: string): Loose => text(JSON.stringify(value));

export function looseFrom(value: unknown): Loose {
  if (Array.isArray(value)) return { kind: 'array', items: value.map(looseFrom) };
  if (typeof value !== 'object' || value === null) return text(JSON.stringify(value));
  return { kind: 'object', members: Object.entries(value).map(([key, each]) => [key, looseFrom(each)]) };
}

/** Every object in the tree, the outermost first. */
export function objectsIn(node: Loose): Extract<Loose, { kind: 'object' }>[] {
  if (node.kind === 'text') return [];
  if (node.kind === 'array') return node.items.flatMap(objectsIn);
  return [node, ...node.members.flatMap(([, value]) => objectsIn(value))];
}

/** With `random`, keys and strings are spelled with escapes, and white space stands between the tokens. */
export function writeLoose(node: Loose, random?: Random): string {
  const space = random?.once(4) ? random.pick([' ', '\t', '\r', ' \t ']) : '';
  if (node.kind === 'text')
    return space + (random && node.text.startsWith('"') ? escaped(node.text, random) : node.text);
  if (node.kind === 'array') return `${space}[${node.items.map((item) => writeLoose(item, random)).join(',')}]`;
  const member = ([key, value]: [string, Loose]): string => {
    const name = JSON.stringify(key);
    return `${random ? escaped(name, random) : name}${space}:${writeLoose(value, random)}`;
  };
  return `${space}{${node.members.map(member).join(',')}${space}}`;
}

function escaped(quoted: string, random: Random): string {
  if (!random.once(3) || quoted.includes('\\')) return quoted;
  const at = 1 + random.below(Math.max(1, quoted.length - 2));
  const code = quoted.charCodeAt(at).toString(16).padStart(4, '0');
  const isEnd = at >= quoted.length - 1;
  return isEnd
    ? quoted
    : `${quoted.slice(0, at)}\\u${random.once(2) ? code : code.toUpperCase()}${quoted.slice(at + 1)}`;
}
