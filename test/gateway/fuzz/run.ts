/** A whole run: every way into the gateway, both policies, in rounds with fresh gateways. */
import { fuzzHttp } from './httpLane.ts';
import { randomFrom } from './random.ts';
import { Report } from './report.ts';
import { fuzzProcess, fuzzStdio } from './stdioLane.ts';
import { loose, strict } from './world.ts';

/** State that grows over more cases than this says nothing new. */
const ROUND = 20_000;

/** Equal `cases` and `seed` send equal messages. Ends early when something was found. */
export async function fuzz(cases: number, seed: number, onRound?: (done: number) => void): Promise<Report> {
  const report = new Report();
  const random = randomFrom(seed);
  for (let done = 0; done < cases; done += ROUND) {
    const round = Math.min(ROUND, cases - done) / 2;
    for (const world of [strict, loose]) {
      const http = Math.ceil(round * 0.1);
      const ownProcess = Math.ceil(round * 0.1);
      await fuzzHttp(world, http, random, report);
      await fuzzProcess(world, ownProcess, random, report);
      await fuzzStdio(world, Math.max(0, Math.floor(round) - http - ownProcess), random, report);
      if (report.findings.length > 0) return report;
    }
    onRound?.(Math.min(done + ROUND, cases));
  }
  return report;
}
