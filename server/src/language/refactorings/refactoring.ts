/** What a refactoring of a policy is: one file here for each kind, all listed in features/refactor.ts. */
import type { CompiledPolicy, TextChange } from '../../policy/index.ts';
import type { KnownTools } from '../tools/known-tools.ts';

export interface Refactoring {
  readonly title: string;
  /** Small ones that do not overlap; none when the policy is so already. What they are not about keeps its bytes. */
  readonly changes: readonly TextChange[];
  /** What a person should know before it is made, such as how many tools it is about; editors that can show it ask first. */
  readonly warning?: string;
}

export interface RefactoringContext {
  /** What the policy was compiled from. */
  readonly text: string;
  readonly policy: CompiledPolicy;
  readonly tools: KnownTools;
  /** The tool or pattern whose entry of `tools`, or item of `hide`, is selected. */
  readonly name: string | undefined;
}
