/** Recognises texts that are most likely credentials. Prefixes are those that their issuers document; none of the texts is kept or shown. */

const KNOWN: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[opusr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['a Stripe key', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/],
  ['an API key', /\bsk-(?:[a-z]+-)*[A-Za-z0-9_-]{20,}/],
  ['a Google API key', /\bAIza[A-Za-z0-9_-]{35}/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}/],
  ['a Hugging Face token', /\bhf_[A-Za-z0-9]{30,}/],
  ['a SendGrid key', /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/],
  ['a JSON Web Token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/],
  ['a private key', /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/],
  ['an address with a password', /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"]{1,100}:[^\s:@/"$<{*]{3,100}@/i],
];

/** What each of them has in it: most texts are told apart by this alone. */
const HINT = /AKIA|ASIA|gh[opusr]_|github_pat_|glpat-|xox|[rs]k[-_]|AIza|npm_|hf_|SG\.|eyJ|PRIVATE KEY|:\/\//;

/** Texts beyond this are not searched. */
const MAX_LENGTH = 20_000;

/** What kind of credential the text holds, by its look alone. */
export function knownSecret(text: string): string | undefined {
  if (text.length < 12 || text.length > MAX_LENGTH || !HINT.test(text)) return undefined;
  return KNOWN.find(([, pattern]) => pattern.test(text))?.[0];
}

const SECRET_NAME =
  /(?:^|[._-]|(?<=[a-z]))(?:secret|password|passwd|passphrase|token|credentials?|api[_-]?key|access[_-]?key|private[_-]?key)$/i;

/** Whether an argument of this name holds a credential by what it is called: `apiKey`, `auth_token`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Bits for each character above which a text is no word of a language. */
const RANDOM = 3.3;

/** Long, of letters and digits mixed, without words: what a generator makes. */
export function looksRandom(text: string): boolean {
  return /^[\w+/=.~-]{16,512}$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text) && entropy(text) >= RANDOM;
}

/** Shannon entropy, in bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
