/** One governed server as its sessions see it: its policy, its connections, and who decides. */
import { isListable } from '../../policy/index.ts';
import type { ServerLogin } from '../../mcp/index.ts';
import type { Log } from '../../ports.ts';
import type { MethodSettings } from '../message/method.ts';
import type { Enforcer } from '../rules/enforcer.ts';
import type { RequestStates } from '../rules/requestState.ts';
import type { PolicySource } from '../rules/policyFile.ts';
import type { UpstreamPool } from '../upstream/pool.ts';
import type { TaskOwners } from './tasks.ts';

export interface GovernedServer {
  readonly name: string;
  readonly methods: MethodSettings;
  readonly enforcer: Enforcer;
  readonly policy: PolicySource;
  readonly pool: UpstreamPool;
  readonly tasks: TaskOwners;
  /** What servers give clients to bring back. */
  readonly states: RequestStates;
  /** What this gateway gives them while a person is asked. */
  readonly holds: RequestStates;
  readonly log: Log;
  /** Absent where nobody can log in. */
  readonly login?: ServerLogin;
}

export interface Grant {
  readonly id: string;
  readonly label: string;
}

/** Which names `tools/list` may show now: none without a policy in force. */
export function shownBy(server: GovernedServer): (name: string) => boolean {
  const { policy } = server.policy.current();
  return policy ? (name) => isListable(policy, name) : () => false;
}
