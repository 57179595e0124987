/** The protocol revisions that the gateway speaks with clients and upstreams. */

export const REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const;
export type Revision = (typeof REVISIONS)[number];

export const LATEST_REVISION: Revision = '2025-11-25';

/** What a client without the `MCP-Protocol-Version` header is taken to speak (specification 2025-06-18, "Protocol Version Header"). */
export const ASSUMED_REVISION: Revision = '2025-03-26';

export function isRevision(value: unknown): value is Revision {
  return REVISIONS.some((revision) => revision === value);
}

/** JSON-RPC batches left the protocol with 2025-06-18. Dates of ISO 8601 compare as text. */
export function allowsBatches(revision: Revision): boolean {
  return revision < '2025-06-18';
}
