/** How many calls may ask a person, and how long a grant that was refused again and again is not asked for (docs/approvals.md). */

/** So many calls of one grant wait at the same time, over all gateways. */
export const MOST_WAITING = 3;
/** So many refusals in a row, and the grant is refused without asking for a while. */
export const REFUSALS = 3;
export const BLOCK_MILLISECONDS = 10 * 60_000;
