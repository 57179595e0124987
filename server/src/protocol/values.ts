/** What is kept of a call's arguments where a person wants that (docs/observe.md). Types only. */

/** Why a value is not kept although the policy names its path. */
export type Withheld = 'redacted' | 'too large';

export interface KeptValues {
  /** Paths of the policy, as it writes them, at which `args` says what the call had. */
  readonly paths: readonly string[];
  /** Paths of the policy at which nothing is kept, and why. */
  readonly withheld: Readonly<Record<string, Withheld>>;
  /** JSON text of an object in which the paths find what they found in the arguments; whatever they do not name is left out. */
  readonly args: string;
}
