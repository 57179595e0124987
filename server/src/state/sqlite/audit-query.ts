/** Turns an `AuditQuery` into SQL. Every value is bound, none is pasted. */
import type { AuditQuery } from '../ports.ts';

export interface Selection {
  readonly sql: string;
  readonly values: readonly (string | number)[];
  /** Whether the rows come newest first. */
  readonly newestFirst: boolean;
}

/** An outcome is found by what its decision says, which was written before it, mostly just before: so the search goes backwards, without an index. */
const decision = `CASE json_extract(r.record, '$.kind') WHEN 'outcome' THEN (
  SELECT d.record FROM audit AS d WHERE d.seq < r.seq AND json_extract(d.record, '$.id') = json_extract(r.record, '$.of')
  ORDER BY d.seq DESC LIMIT 1
) ELSE r.record END`;

const filters = {
  after: 'r.seq > ?',
  since: `json_extract(r.record, '$.at') >= ?`,
  server: `json_extract(${decision}, '$.server') = ?`,
  tool: `json_extract(${decision}, '$.tool') = ?`,
  grant: `json_extract(${decision}, '$.grant') = ?`,
  decision: `json_extract(${decision}, '$.decision') = ?`,
} as const satisfies Partial<Record<keyof AuditQuery, string>>;

export function selectRecords(query: AuditQuery): Selection {
  const bound = Object.entries({
    after: query.after,
    since: query.since === undefined ? undefined : new Date(query.since).toISOString(),
    server: query.server,
    tool: query.tool,
    grant: query.grant,
    decision: query.decision,
  } satisfies Record<keyof typeof filters, string | number | undefined>).flatMap(([name, value]) =>
    value === undefined ? [] : [{ clause: filters[name as keyof typeof filters], value }],
  );
  const where = bound.length === 0 ? '' : ` WHERE ${bound.map(({ clause }) => clause).join(' AND ')}`;
  const newestFirst = query.limit !== undefined;
  const limit = query.limit ?? query.first ?? -1;
  const sql = `SELECT r.seq, r.record FROM audit AS r${where} ORDER BY r.seq ${newestFirst ? 'DESC' : 'ASC'} LIMIT ?`;
  return { sql, values: [...bound.map(({ value }) => value), limit], newestFirst };
}
