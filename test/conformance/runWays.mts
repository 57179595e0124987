/** Runs several ways of one role on one revision, and holds each against the one that it names. */
import { losses, type Loss } from './compare.mts';
import type { Results, Revision } from './suite.mts';
import type { Way } from './way.mts';

export interface Outcome {
  /** The title of a way → what the suite found there. */
  readonly results: ReadonlyMap<string, Results>;
  readonly lost: readonly (Loss & { readonly way: string })[];
}

export interface RunOptions {
  readonly revision: Revision;
  readonly ways: readonly Way[];
  readonly scenarios?: readonly string[] | undefined;
  /** Called before each way is run. */
  readonly onStart?: (way: Way) => void;
}

/** One after the other: scenarios wait for fixed times, and a busy machine would make them fail. */
export async function runWays({ revision, ways, scenarios, onStart }: RunOptions): Promise<Outcome> {
  const results = new Map<string, Results>();
  for (const way of ways) {
    const wanted = way.only?.filter((name) => scenarios?.includes(name) ?? true) ?? scenarios;
    if (wanted?.length === 0) continue;
    onStart?.(way);
    results.set(way.title, await way.run(revision, wanted));
  }
  return { results, lost: ways.flatMap((way) => lostOn(way, results)) };
}

function lostOn({ title, against, only, inapplicable }: Way, results: Outcome['results']): Outcome['lost'] {
  const all = results.get(against ?? '');
  const through = results.get(title);
  if (!all || !through) return [];
  const direct = only ? new Map([...all].filter(([scenario]) => only.includes(scenario))) : all;
  return losses({ direct, through, ...(inapplicable && { inapplicable }) }).map((loss) => ({ way: title, ...loss }));
}

/** The ways that are there for the revision and are named, with those that they are held against. */
export function chooseWays(
  all: readonly Way[],
  chosen: { readonly revision: Revision; readonly titles?: readonly string[] | undefined },
): readonly Way[] {
  const there = all.filter(({ revision }) => (revision ?? chosen.revision) === chosen.revision);
  const named = there.filter(({ title }) => chosen.titles?.includes(title) ?? true);
  const needed = new Set(named.flatMap(({ title, against }) => [title, against]));
  return there.filter(({ title }) => needed.has(title));
}
