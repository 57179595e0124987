/** What a refactoring of a policy is: one file here for each kind, all listed in features/refactor.ts. */
import type { CompiledPolicy } from '../../policy/index.ts';
import type { KnownTools } from '../tools/known-tools.ts';

export interface Refactoring {
  readonly title: string;
  /** The policy as it would be. Only what the refactoring is about differs: formatting stays. */
  readonly text: string;
  /** What a person should know before it is made, such as how many tools it is about; editors that can show it ask first. */
  readonly warning?: string;
}

export interface RefactoringContext {
  readonly text: string;
  readonly policy: CompiledPolicy;
  readonly tools: KnownTools;
  /** The tool or pattern whose entry of `tools`, or item of `hide`, is selected. */
  readonly name: string | undefined;
}
