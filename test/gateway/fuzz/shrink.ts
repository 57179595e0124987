/** Makes a failing input small: first to the frames that matter, then to the bytes of them that do. */

type Fails = (frames: readonly Buffer[]) => Promise<boolean>;

/** Milliseconds: what is not small by then is small enough to look at. */
const PATIENCE = 20_000;

/** Returns `frames` as they are when they do not fail by themselves. */
export async function shrink(frames: readonly Buffer[], failing: Fails): Promise<readonly Buffer[]> {
  const start = performance.now();
  const fails: Fails = async (some) => performance.now() - start < PATIENCE && (await failing(some));
  const few = await without(frames, (some) => fails(some));
  const [only] = few;
  if (few.length !== 1 || !only) return few;
  const bytes = await without([...only], (some) => fails([Buffer.from(some)]));
  return [Buffer.from(bytes)];
}

/** Takes away ever smaller runs of items, as long as the rest still fails. */
async function without<T>(items: readonly T[], fails: (some: readonly T[]) => Promise<boolean>): Promise<readonly T[]> {
  let kept = items;
  for (let size = Math.ceil(items.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < kept.length;) {
      const rest = [...kept.slice(0, start), ...kept.slice(start + size)];
      if (rest.length > 0 && (await fails(rest))) kept = rest;
      else start += size;
    }
  }
  return kept;
}
