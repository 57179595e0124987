/** What tells one subject of acceptance from another, in files and in what gateways share alike. */
import type { AcceptedSubject } from './ports.ts';

export function subjectKey({ kind, folder, server, config }: AcceptedSubject): string {
  return JSON.stringify([kind, folder, server, ...(config === undefined ? [] : [config])]);
}
