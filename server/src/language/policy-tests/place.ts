/** What a place in a policy test means. Pure. */
import type { PathStep } from '../../policy/index.ts';
import type { DocumentPath } from '../document/cursor.ts';
import { scalarAt } from '../document/place.ts';
import type { TextView } from '../document/text-view.ts';

/** A place inside a case, split at the case. */
export interface CasePlace {
  /** The path of the case: `['cases', 0]`. */
  readonly at: DocumentPath;
  /** From the case on: `['call', 'tool']`. */
  readonly rest: DocumentPath;
  /** Name of the tool that the case calls, as far as it is typed. */
  readonly tool: string | undefined;
}

export function caseAt(view: TextView, path: DocumentPath): CasePlace | undefined {
  const [first, index] = path;
  if (first !== 'cases' || typeof index !== 'number') return undefined;
  const at = path.slice(0, 2);
  const tool = scalarAt(view.draft, [...at, 'call', 'tool']);
  return { at, rest: path.slice(2), tool: typeof tool === 'string' ? tool : undefined };
}

/** The steps inside the arguments of a call; `undefined` elsewhere. Empty for `arguments` itself. */
export function argumentSteps({ rest }: CasePlace): readonly PathStep[] | undefined {
  if (rest[0] !== 'call' || rest[1] !== 'arguments') return undefined;
  return rest
    .slice(2)
    .map((step) => (typeof step === 'number' ? { kind: 'index', index: step } : { kind: 'key', name: step }));
}
