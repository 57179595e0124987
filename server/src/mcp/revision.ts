/**
 * The protocol revisions that the gateway speaks with clients and upstreams, and their two eras: the legacy ones agree on a session in
 * `initialize`, the modern one says everything anew with each request.
 */

export const LEGACY_REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] as const;
export type LegacyRevision = (typeof LEGACY_REVISIONS)[number];

export const MODERN_REVISION = '2026-07-28';
export type Revision = LegacyRevision | typeof MODERN_REVISION;

export type Era = 'legacy' | 'modern';

export const LATEST_LEGACY_REVISION: LegacyRevision = '2025-11-25';

/** What a client without the `MCP-Protocol-Version` header is taken to speak (specification 2025-06-18, "Protocol Version Header"). */
export const ASSUMED_REVISION: LegacyRevision = '2025-03-26';

export function isLegacyRevision(value: unknown): value is LegacyRevision {
  return LEGACY_REVISIONS.some((revision) => revision === value);
}

/** Streams that begin with an event to resume after, and may be broken off, came with 2025-11-25 ("Sending Messages to the Server"). */
export function allowsPolling(revision: Revision): boolean {
  return isLegacyRevision(revision) && revision >= '2025-11-25';
}

/** JSON-RPC batches left the protocol with 2025-06-18. Dates of ISO 8601 compare as text. */
export function allowsBatches(revision: Revision): boolean {
  return revision < '2025-06-18';
}
