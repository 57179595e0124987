/** What `portcullis login` says. The address is shown whole: people must see where they are sent. */
import { escapeUntrusted } from '../../catalog/index.ts';

/** `url`: as a URL writes itself, which is plain ASCII without blanks or control characters. */
export function loginPage(name: string, { url }: { readonly url: URL }): string {
  return `portcullis: to log in to "${escapeUntrusted(name)}", open this address in a browser on this machine. It leads to ${url.host}.

${url.href}

Waiting for the login to come back. Give up with Ctrl+C.
`;
}

export function loginEnded(
  name: string,
  { issuer, scope }: { readonly issuer: string; readonly scope?: string },
): string {
  const granted = scope === undefined ? '' : `, with the scope "${escapeUntrusted(scope)}"`;
  return `Logged in to "${escapeUntrusted(name)}" at ${escapeUntrusted(issuer)}${granted}.\n`;
}
