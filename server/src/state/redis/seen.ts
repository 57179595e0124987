/** What one machine remembers of the shared state over restarts, so that it notices when that goes back behind it. */

export type DocumentName = 'grants' | 'accepted';

export interface Seen {
  readonly birth: string;
  /** Of each document, the newest that was read. */
  readonly versions: Readonly<Partial<Record<DocumentName, number>>>;
  /** Acceptances that were gone by here; each counts once. */
  readonly used: readonly string[];
}

/** `undefined`: nothing has been seen yet. Our own database holds it, in which nobody else writes. */
export function parseSeen(text: string | undefined): Seen | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Seen);
}
