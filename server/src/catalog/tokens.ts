/** What a tool costs an agent: its definition stands in the model's context in every turn. An estimate; nothing is decided by it. */
import { canonicalJson } from './canonical.ts';
import type { Tool } from './tool.ts';

/**
 * Characters of a tool definition that make one token. Measured with the o200k_base vocabulary on the lists of 18 public servers, where it was
 * 4.25 to 4.81; prose alone has about 4.
 */
const CHARACTERS_PER_TOKEN = 4.5;

const BEYOND_ASCII = /[^\u0000-\u007F]/gu;

/**
 * Tokens of what clients pass on to a model: name, description and argument schema, as JSON. A character beyond ASCII counts as a token.
 * Titles, annotations and result schemas stay with the client.
 */
export function estimateTokens({ name, description, inputSchema }: Tool): number {
  const text = canonicalJson({ name, description, inputSchema });
  const others = text.match(BEYOND_ASCII) ?? [];
  const plain = text.length - others.reduce((sum, character) => sum + character.length, 0);
  return Math.ceil(plain / CHARACTERS_PER_TOKEN) + others.length;
}
