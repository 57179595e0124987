/** A whole run: every way into the gateway, both policies, in rounds with fresh gateways. */
import { fuzzHttp } from './httpLane.ts';
import { randomFrom } from './random.ts';
import { Report } from './report.ts';
import { fuzzProcess, fuzzStdio } from './stdioLane.ts';
import { loose, strict } from './world.ts';

/** State that grows over more cases than this says nothing new. */
const ROUND = 20_000;

/** Ways into the gateway, and how much of the cases each gets. */
const LANES = [
  [fuzzHttp, 0.1],
  [fuzzProcess, 0.1],
  [fuzzStdio, 0.8],
] as const;

/** Equal `cases` and `seed` send equal messages. Ends early when something was found. */
export async function fuzz(cases: number, seed: number, onRound?: (done: number) => void): Promise<Report> {
  const report = new Report();
  const random = randomFrom(seed);
  for (let done = 0; done < cases; done += ROUND) {
    const each = Math.min(ROUND, cases - done) / 2;
    // Side by side, since a lane mostly waits; each with chance of its own, so that none depends on another's pace.
    await Promise.all(
      [strict, loose].flatMap((world) =>
        LANES.map(([run, share]) => run(world, Math.round(each * share), randomFrom(random.below(2 ** 31)), report)),
      ),
    );
    if (report.findings.length > 0) return report;
    onRound?.(Math.min(done + ROUND, cases));
  }
  return report;
}
