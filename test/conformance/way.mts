/** One way to run the scenarios of a role, and the way that it is held against. */
import type { Results, Revision } from './suite.mts';

export interface Way {
  readonly title: string;
  /** The title of the way where everything that passes must pass here, too. */
  readonly against?: string;
  /** Scenarios, ids of checks, or `scenario:id`, in which there is nothing to be lost on this way. */
  readonly inapplicable?: ReadonlySet<string>;
  /** Where it is there for these scenarios alone. */
  readonly only?: readonly string[];
  /** Where it is there for this revision alone. */
  readonly revision?: Revision;
  /** All scenarios of the role, or only these. */
  run(revision: Revision, scenarios?: readonly string[]): Promise<Results>;
}
