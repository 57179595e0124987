/**
 * Whether a text is an MCP policy at all. Many products have a `policy.json`: content decides, also while it is being typed.
 * Looks only at the top level, token by token, so any text is safe to ask about.
 */
import { createScanner, type SyntaxKind } from 'jsonc-parser';

/** jsonc-parser's tokens, whose enum exists at compile time only. */
const TOKEN = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, colon: 6, string: 10, end: 17 } as const;

const KEYS = ['$schema', 'version', 'description', 'server', 'default', 'hide', 'all_tools', 'tools'];

/** Keys of the outermost object, with their values where these are strings. */
type TopLevel = ReadonlyMap<string, string | undefined>;

/**
 * What only an MCP policy has must outweigh what it cannot have: one misspelt key must not take away the help that would mend it, and
 * another product's file must stay that product's.
 */
export function looksLikePolicy(text: string): boolean {
  const found = topLevel(text);
  if (!found) return false;
  const foreign = [...found.keys()].filter(isForeign).length;
  if (hasOurMarks(found)) return foreign <= found.size - foreign;
  return foreign === 0 && found.get('version') === '1';
}

function hasOurMarks(found: TopLevel): boolean {
  const fallback = found.get('default');
  if (fallback === 'allow' || fallback === 'deny' || found.has('all_tools')) return true;
  if (found.get('$schema')?.endsWith('policy.schema.json')) return true;
  return found.get('version') === '1' && (found.has('tools') || found.has('hide'));
}

/** A key that is being typed is not foreign yet. */
function isForeign(key: string): boolean {
  return !KEYS.some((known) => known.startsWith(key));
}

/** Undefined when the text is no object. */
function topLevel(text: string): TopLevel | undefined {
  const scanner = createScanner(text, true);
  if (!is(scanner.scan(), 'openBrace')) return undefined;
  const found = new Map<string, string | undefined>();
  let depth = 1;
  let key = '';
  let isValue = false;
  for (let token = scanner.scan(); !is(token, 'end') && depth > 0; token = scanner.scan()) {
    depth += depthChange(token);
    if (depth === 1 && is(token, 'string')) {
      if (!isValue) key = scanner.getTokenValue();
      found.set(key, isValue ? scanner.getTokenValue() : undefined);
    }
    // Commas may still be missing while someone types: only what follows a colon is a value.
    isValue = is(token, 'colon');
  }
  return found;
}

function depthChange(token: SyntaxKind): number {
  if (is(token, 'openBrace') || is(token, 'openBracket')) return 1;
  return is(token, 'closeBrace') || is(token, 'closeBracket') ? -1 : 0;
}

function is(token: SyntaxKind, name: keyof typeof TOKEN): boolean {
  return (token as number) === TOKEN[name];
}
