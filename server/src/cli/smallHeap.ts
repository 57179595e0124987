/**
 * Keeps the heap of a process small that runs for long and does little at a time. V8 would let a busy gateway grow to three times the
 * memory that it needs before it looks for garbage (docs/performance.md has the figures). Whoever starts `portcullis` chooses Node's options,
 * so this is done at run time.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** By then what was needed for starting is garbage. */
const STARTED_MILLISECONDS = 1_000;

/**
 * New objects keep the little room that they have, old ones get half as much again before they are looked through; and one full collection
 * after the start lets V8 take the small heap for its measure.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=50');
  setTimeout(collect, STARTED_MILLISECONDS).unref();
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  gc();
}
