/** Findings about the sound parts of a document that is no policy: whoever mends one mistake should see the others meanwhile. */
import { draftWith } from '../policy/compile.ts';
import { pointerAt, type CompiledPolicy, type PolicyProblem } from '../policy/index.ts';
import type { Finding } from './finding.ts';

export interface Draft {
  /** For findings of rules that are `local`. Never to judge a call by. */
  readonly policy: CompiledPolicy;
  /** Whether nothing is wrong in the entry, or the part of the document, that the finding is about. */
  readonly isSound: (finding: Finding) => boolean;
}

/** `undefined` where nothing was compiled: the text is no JSON, or too much of something. */
export function draftOf(problems: readonly PolicyProblem[]): Draft | undefined {
  const policy = draftWith(problems);
  if (policy === undefined) return undefined;
  const damaged = new Set(problems.map(({ span }) => partAt(policy, span.start)));
  return {
    policy,
    isSound: ({ span }) => {
      const part = partAt(policy, span.start);
      return !damaged.has(part) && !damaged.has(part.split('/', 2).join('/'));
    },
  };
}

/** `/tools/<key>`, `/hide`, `/all_tools`…: what findings are sound or unsound together with. */
function partAt({ root }: CompiledPolicy, offset: number): string {
  const [, member = '', key] = pointerAt(root, offset).split('/');
  return member === 'tools' && key !== undefined ? `/tools/${key}` : `/${member}`;
}
