/** One way to run the scenarios of a role, and the way that it is held against. */
import type { Results, Revision } from './suite.mts';

export interface Way {
  readonly title: string;
  /** The title of the way where everything that passes must pass here, too. */
  readonly against?: string;
  /** All scenarios of the role, or only these. */
  run(revision: Revision, scenarios?: readonly string[]): Promise<Results>;
}
