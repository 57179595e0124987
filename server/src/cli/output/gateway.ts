/** What `portcullis gateway` says once it listens. */
import type { Gateway } from '../../gateway/index.ts';
import type { ListeningEvent } from '../../protocol/control.ts';

/** For programs: one line of JSON. */
export function listeningLine({ port, urls }: Gateway, tokenFile: string): string {
  const servers = Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, { url }]));
  return `${JSON.stringify({ event: 'listening', port, servers, tokenFile } satisfies ListeningEvent)}\n`;
}

/** For people: what is served where, by which policy, and how clients get in. */
export function welcome(gateway: Gateway, tokenFile: string): string {
  const servers = gateway.status().servers.map(({ name, url, policy }) => {
    const state = policy.inForce === undefined ? (policy.problem ?? '') : `policy ${policy.file} (${policy.inForce})`;
    return `  ${name}\n    ${url}\n    ${state}\n`;
  });
  return `The gateway listens on port ${gateway.port}.\n\n${servers.join('')}\nToken for clients: ${tokenFile}\nStop with Ctrl+C.\n`;
}
