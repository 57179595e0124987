/** The policies of one server: its own, and those that grants have in its place. Each file is opened when it is needed first. */
import type { Log } from '../../ports.ts';
import type { PolicyStatus } from '../../protocol/control.ts';
import type { PolicyInForce } from '../rules/enforcer.ts';
import { openPolicyFile, type PolicySource } from '../rules/policyFile.ts';
import type { PolicyRatchet } from '../reload/policyRatchet.ts';
import type { GrantRegistry } from './registry.ts';

export interface GrantPoliciesOptions {
  readonly grants: GrantRegistry;
  readonly log: Log;
  /** Holds looser edits of a grant's policy; absent: each valid edit takes effect at once. */
  readonly ratchetFor: (file: string) => PolicyRatchet | undefined;
  /** A grant's own policy was edited. */
  readonly onChange: () => void;
}

/** As a source, it is the server's own policy. */
export class GrantPolicies implements PolicySource {
  readonly #main: PolicySource;
  readonly #options: GrantPoliciesOptions;
  readonly #byFile = new Map<string, PolicySource>();

  constructor(main: PolicySource, options: GrantPoliciesOptions) {
    this.#main = main;
    this.#options = options;
  }

  of(grantId: string): PolicySource {
    const file = this.#options.grants.policyOf(grantId);
    if (file === undefined) return this.#main;
    const known = this.#byFile.get(file) ?? this.#open(file);
    this.#byFile.set(file, known);
    return known;
  }

  current(): PolicyInForce {
    return this.#main.current();
  }

  /** An edit of a grant's policy that waits is told of too, unless one of the server's own does. */
  status(): PolicyStatus {
    const own = this.#main.status();
    const held = own.held ?? [...this.#byFile.values()].map((source) => source.status().held).find(Boolean);
    return { ...own, ...(held ? { held } : {}) };
  }

  accept(hash: string): string | undefined {
    const waits = (source: PolicySource): boolean => source.status().held?.hash === hash;
    return ([...this.#byFile.values()].find(waits) ?? this.#main).accept(hash);
  }

  #open(file: string): PolicySource {
    const { log, onChange, ratchetFor } = this.#options;
    return openPolicyFile(file, log, onChange, ratchetFor(file));
  }

  async close(): Promise<void> {
    await Promise.all([this.#main, ...this.#byFile.values()].map((source) => source.close()));
  }
}
