/** Records as a gateway would hand them to the audit log. */
import { randomUUID } from 'node:crypto';
import type { Accepted, Decided, Ended } from '../../../server/src/protocol/audit.ts';

export function decided(some: Partial<Decided> = {}): Decided {
  return {
    kind: 'decision',
    id: randomUUID(),
    grant: 'local',
    client: 'claude-code',
    session: 'session-1',
    server: 'filesystem',
    method: 'tools/call',
    tool: 'write_file',
    decision: 'deny',
    rule: '/tools/write_file/deny_if/args.path-regex',
    message: 'Only inside the workspace.',
    policy: '0123456789ab',
    argKeys: ['path', 'content'],
    argsHmac: 'ab'.repeat(32),
    category: 'Write',
    risk: 'medium',
    ...some,
  };
}

export function ended(of: string, some: Partial<Ended> = {}): Ended {
  return { kind: 'outcome', of, outcome: 'ok', latencyMs: 12, ...some };
}

export function accepted(some: Partial<Accepted> = {}): Accepted {
  return {
    kind: 'acceptance',
    what: 'policy',
    server: 'files',
    file: '/work/policy.json',
    before: 'ab'.repeat(32),
    after: 'cd'.repeat(32),
    loosened: [{ about: 'write_file', what: 'is no longer denied' }],
    approver: 'editor',
    ...some,
  };
}
