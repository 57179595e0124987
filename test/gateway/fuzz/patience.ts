/** Waiting that ends. Counts moments in which this process was awake: on a machine with much else to do, time passes without anybody being slow. */

const MOMENT = 500;

/** Calls `giveUp` after so many milliseconds of waking; returns how to go on without it. */
export function giveUpAfter(milliseconds: number, giveUp: () => void): () => void {
  let left = Math.ceil(milliseconds / MOMENT);
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    giveUp();
  }, MOMENT);
  return () => clearInterval(timer);
}
