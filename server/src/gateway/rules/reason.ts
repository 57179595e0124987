/** What a line of the log may say of an error. */

/** Errors with a `code` are written for people; any other may hold anything. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return error.message;
  return `An unexpected ${error instanceof Error ? error.name : 'error'}.`;
}
