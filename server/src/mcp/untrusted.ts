/** Makes text from an upstream server fit for a log line or an error message: one line, bounded, without secrets. */
import type { ResolvedLaunch } from './transport.ts';

/** Shorter values (`1`, `true`, `eu`) are no secrets, and cutting them out would make log lines unreadable. */
const SHORTEST_SECRET = 6;

export type Cleaner = (text: string) => string;

/** A function that cuts out every value which the launch sets or which came from a variable, escapes control characters, and shortens. */
export function cleanerFor(launch: ResolvedLaunch, maxLength = 500): Cleaner {
  const secrets = secretsOf(launch);
  return (text) => printable(cut(text, secrets), maxLength);
}

function cut(text: string, secrets: readonly string[]): string {
  let rest = text;
  for (const secret of secrets) rest = rest.replaceAll(secret, '•••');
  return rest;
}

/** Longest first, so that a secret inside another leaves no remainder. */
function secretsOf(launch: ResolvedLaunch): readonly string[] {
  const set = launch.kind === 'stdio' ? Object.values(launch.env) : Object.values(launch.headers);
  // `Bearer abc`: the token is a secret also without its scheme.
  const words = [...set, ...(launch.secrets ?? [])].flatMap((value) => [value, ...value.split(/\s+/)]);
  const secrets = new Set(words.filter((value) => value.length >= SHORTEST_SECRET && value !== 'Bearer'));
  return [...secrets].sort((a, b) => b.length - a.length);
}

/** Control characters, line separators and direction marks as `\u{…}`; longer texts end in `…`. */
export function printable(text: string, maxLength = 500): string {
  const short = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}
