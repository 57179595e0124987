/** The policies of one server: its own, and those that grants have in its place. Each file is opened when it is needed first. */
import type { Log } from '../../ports.ts';
import type { PolicyStatus } from '../../protocol/control.ts';
import type { PolicyInForce } from '../rules/enforcer.ts';
import { openPolicyFile, type PolicySource } from '../rules/policyFile.ts';
import type { GrantRegistry } from './registry.ts';

export interface GrantPoliciesOptions {
  readonly grants: GrantRegistry;
  readonly log: Log;
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
    const known = this.#byFile.get(file) ?? openPolicyFile(file, this.#options.log, this.#options.onChange);
    this.#byFile.set(file, known);
    return known;
  }

  current(): PolicyInForce {
    return this.#main.current();
  }

  status(): PolicyStatus {
    return this.#main.status();
  }

  async close(): Promise<void> {
    await Promise.all([this.#main, ...this.#byFile.values()].map((source) => source.close()));
  }
}
