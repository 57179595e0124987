/** The log as a replay reads it: page by page, each call with what was kept of its arguments. Writes nothing. */
import type { AuditRecord } from '../protocol/audit.ts';
import type { KeptValues } from '../protocol/values.ts';
import type { State } from './ports.ts';

type Readable = Pick<State, 'audit' | 'grants' | 'values'>;

export function recordedCalls({ audit, values }: Readable): {
  read(query: { readonly after: number; readonly first: number }): readonly AuditRecord[];
  values(ids: readonly string[]): ReadonlyMap<string, KeptValues>;
} {
  return { read: (query) => audit.read(query), values: (ids) => values.read(ids) };
}

/** Labels of grants that have policies of their own. */
export function ownPolicies({ grants }: Readable): ReadonlySet<string> {
  return new Set(grants.list().flatMap((grant) => (grant.policy === undefined ? [] : [grant.label])));
}

const PAGE = 2_000;

/** Names of the servers whose calls are recorded. */
export function serversIn({ audit }: Readable): readonly string[] {
  const names = new Set<string>();
  for (let after = 0; ;) {
    const page = audit.read({ after, first: PAGE });
    for (const record of page) if (record.kind === 'decision') names.add(record.server);
    if (page.length < PAGE) return [...names];
    after = page.at(-1)?.seq ?? after;
  }
}
