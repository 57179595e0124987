/** What a client identity may use (docs/approvals.md "Grants"). Types only. */

/** As people see it; the token itself is shown once, when it is made. */
export interface GrantInfo {
  /** Counters and records go by it; it outlives the token. */
  readonly id: string;
  readonly label: string;
  /** Only these servers; absent: all. */
  readonly servers?: readonly string[];
  /** Absolute path of the policy that holds for this grant in place of the servers' own. */
  readonly policy?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly expiresAt?: number;
  readonly revokedAt?: number;
}

export type NewGrant = Pick<GrantInfo, 'label' | 'servers' | 'policy' | 'expiresAt'>;

/** The body of a request over the control channel. */
export type GrantRequest =
  | { readonly do: 'list' }
  | ({ readonly do: 'add' } & NewGrant)
  | { readonly do: 'rotate' | 'revoke'; readonly label: string };

/** `token`: after `add` and `rotate`, the only time that it is told. `problem`: for people. */
export type GrantAnswer =
  | { readonly ok: true; readonly grants: readonly GrantInfo[]; readonly token?: string }
  | { readonly ok: false; readonly problem: string };
