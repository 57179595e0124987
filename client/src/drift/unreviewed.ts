/** Plain questions about what the gateway says nobody has reviewed. Knows nothing of `vscode`. */
import type { UnreviewedStatus } from '../../../server/src/protocol/control.ts';

export type UnreviewedKind = 'new' | 'changed' | 'renamed';

/** Why a tool waits for a review; `undefined`: it does not. */
export function unreviewedKind(unreviewed: UnreviewedStatus | undefined, tool: string): UnreviewedKind | undefined {
  return unreviewed && kindsOf(unreviewed).get(tool);
}

/** A server may list a hundred thousand tools, and each is asked for by name. */
const indexed = new WeakMap<UnreviewedStatus, ReadonlyMap<string, UnreviewedKind>>();

function kindsOf(unreviewed: UnreviewedStatus): ReadonlyMap<string, UnreviewedKind> {
  const known = indexed.get(unreviewed);
  if (known) return known;
  const kinds = new Map<string, UnreviewedKind>([
    ...unreviewed.renamed.map(({ to }) => [to, 'renamed'] as const),
    ...unreviewed.changed.map((name) => [name, 'changed'] as const),
    ...unreviewed.new.map((name) => [name, 'new'] as const),
  ]);
  indexed.set(unreviewed, kinds);
  return kinds;
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
