/** How much time is left, for people. Pure: the extension and its pages show it alike. */

/** `expiresAt`, `now`: milliseconds since the epoch. Minutes and seconds: `4:05`. */
export function countdown(expiresAt: number, now: number): string {
  const seconds = Math.max(0, Math.ceil((expiresAt - now) / 1_000));
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}
