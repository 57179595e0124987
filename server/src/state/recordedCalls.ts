/** The log as a replay reads it: page by page, each call with what was kept of its arguments. Writes nothing. */
import type { AuditRecord } from '../protocol/audit.ts';
import type { KeptValues } from '../protocol/values.ts';
import { pages } from './audit/pages.ts';
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

/** Names of the servers whose calls are recorded. */
export function serversIn({ audit }: Readable): readonly string[] {
  const names = new Set<string>();
  for (const page of pages(audit, {}))
    for (const record of page) if (record.kind === 'decision') names.add(record.server);
  return [...names];
}
