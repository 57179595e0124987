/** One governed server as its sessions see it: its policy, its connections, and who decides. */
import type { ServerLogin } from '../../mcp/index.ts';
import type { Log } from '../../ports.ts';
import type { MethodSettings } from '../message/method.ts';
import { namesShown } from '../rules/observed.ts';
import type { Enforcer } from '../rules/enforcer.ts';
import type { Seals } from '../rules/requestState.ts';
import type { PolicySource } from '../rules/policyFile.ts';
import type { ReviewedTools } from '../reload/reviewedTools.ts';
import type { UpstreamPool } from '../upstream/pool.ts';
import type { TaskOwners } from './tasks.ts';

export interface GovernedServer extends Seals {
  readonly name: string;
  readonly methods: MethodSettings;
  readonly enforcer: Enforcer;
  readonly policy: PolicySource;
  /** That of a grant's own, where it has one, else the server's. */
  readonly policyFor: (grantId: string) => PolicySource;
  /** Whether the grant is neither revoked nor expired, and reaches this server. */
  readonly admits: (grantId: string) => boolean;
  /** Which tools a person has reviewed. */
  readonly reviewed: ReviewedTools;
  readonly pool: UpstreamPool;
  readonly tasks: TaskOwners;
  readonly log: Log;
  /** Absent where nobody can log in. */
  readonly login?: ServerLogin;
}

export interface Grant {
  readonly id: string;
  readonly label: string;
}

/** Which names `tools/list` may show to a grant now: none without a policy in force. */
export function shownBy(server: GovernedServer, grantId: string): (name: string) => boolean {
  return namesShown(server.policyFor(grantId).current());
}
