/** What an error may say to people: in a log line, or to an agent whose call it denied. */

/** Errors with a `code` are written for people; any other may hold anything. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? error.message : 'See the log of the gateway.';
}
