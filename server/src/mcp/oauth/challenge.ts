/** Reads `WWW-Authenticate` (RFC 9110 section 11.6.1, RFC 6750 section 3, RFC 9728 section 5.1). Pure. */

/** What a server says it wants, from its `Bearer` challenge. Texts of the server: data, not for showing as they are. */
export interface Challenge {
  readonly error?: string;
  /** Separated by spaces. */
  readonly scope?: string;
  /** Address of the protected resource's metadata. */
  readonly resourceMetadata?: string;
}

const LONGEST_HEADER = 8 * 1024;

/** A scheme, or a parameter with its value. */
const PART = /\s*(?<name>[\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\s,"]+)))?\s*,?/gy;

/** Empty where there is no `Bearer` challenge. The first of two parameters of one name counts. */
export function readChallenge(header: string | null): Challenge {
  const found = new Map<string, string>();
  let scheme = '';
  for (const { groups = {} } of (header ?? '').slice(0, LONGEST_HEADER).matchAll(PART)) {
    const name = (groups['name'] ?? '').toLowerCase();
    const value = groups['quoted']?.replace(/\\(.)/g, '$1') ?? groups['plain'];
    if (value === undefined) scheme = name;
    else if (scheme === 'bearer' && !found.has(name)) found.set(name, value);
  }
  const [error, scope, resourceMetadata] = ['error', 'scope', 'resource_metadata'].map((name) => found.get(name));
  return {
    ...(error === undefined ? {} : { error }),
    ...(scope === undefined ? {} : { scope }),
    ...(resourceMetadata === undefined ? {} : { resourceMetadata }),
  };
}
