/** Plain questions about what the gateway says nobody has reviewed. Knows nothing of `vscode`. */
import type { UnreviewedStatus } from '../../../server/src/protocol/control.ts';

export type UnreviewedKind = 'new' | 'changed' | 'renamed';

/** Why a tool waits for a review; `undefined`: it does not. */
export function unreviewedKind(unreviewed: UnreviewedStatus | undefined, tool: string): UnreviewedKind | undefined {
  if (unreviewed?.new.includes(tool)) return 'new';
  if (unreviewed?.changed.includes(tool)) return 'changed';
  return unreviewed?.renamed.some(({ to }) => to === tool) ? 'renamed' : undefined;
}

/** How many tools of a server wait for a review. */
export function unreviewedCount(unreviewed: UnreviewedStatus | undefined): number {
  if (!unreviewed) return 0;
  return unreviewed.new.length + unreviewed.changed.length + unreviewed.renamed.length;
}

/** Whether something waits now that a person was not told of. That less waits, since something was accepted, is no news. */
export function isNews(told: UnreviewedStatus | undefined, now: UnreviewedStatus): boolean {
  const known = new Set(told ? namesIn(told) : []);
  return namesIn(now).some((name) => !known.has(name));
}

function namesIn({ new: added, changed, renamed, isMoved }: UnreviewedStatus): readonly string[] {
  const tagged = (kind: UnreviewedKind, names: readonly string[]): string[] => names.map((name) => `${kind} ${name}`);
  const to = renamed.map((pair) => pair.to);
  return [
    ...tagged('new', added),
    ...tagged('changed', changed),
    ...tagged('renamed', to),
    ...(isMoved ? ['moved'] : []),
  ];
}
