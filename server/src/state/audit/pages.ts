/** The audit log piece by piece: however long it is, a page of it is in memory. */
import type { AuditRecord } from '../../protocol/audit.ts';
import type { AuditLog, AuditQuery } from '../ports.ts';

/** Records in one piece. */
const PAGE = 500;

/** The records that the filters leave, oldest first. */
export function* pages(
  log: Pick<AuditLog, 'read'>,
  query: AuditQuery,
): Generator<readonly AuditRecord[], void, undefined> {
  for (let after = 0; ;) {
    const page = log.read({ ...query, after, first: PAGE });
    yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.seq ?? after;
  }
}
