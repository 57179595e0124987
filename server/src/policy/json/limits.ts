/** How much JSON the strict reader accepts (policy language §1). */

export interface ReadLimits {
  /** Size of the text in UTF-8. */
  readonly maxBytes?: number;
  /** Arrays and objects open at once; never more than `DEPTH_CEILING`, whatever is asked for. */
  readonly maxDepth?: number;
}

export const MAX_BYTES = 4 * 1024 * 1024;
export const MAX_DEPTH = 64;

/** Functions over a tree may recurse: a tree this deep is still far from the end of any stack. */
export const DEPTH_CEILING = 1_000;
