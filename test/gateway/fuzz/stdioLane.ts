/** Frames as lines of stdio: cut into chunks anywhere, many at once, in every legacy revision. */
import { LEGACY_REVISIONS } from '../../../server/src/mcp/revision.ts';
import { Conversation } from './conversation.ts';
import { frame } from './frames.ts';
import { startOnStdio, type StdioUnderTest } from './gateways.ts';
import { startProcess } from './process.ts';
import { randomFrom, type Random } from './random.ts';
import { Report } from './report.ts';
import { shrink } from './shrink.ts';
import type { World } from './world.ts';

const AT_ONCE = 100;
type Start = (world: World, report: Report) => Promise<StdioUnderTest>;

/** Through the gateway in this process. */
export async function fuzzStdio(world: World, cases: number, random: Random, report: Report): Promise<void> {
  const guilty = await fuzzLines(startOnStdio, world, { cases, random, report });
  if (!guilty) return;
  const small = await shrink(guilty, (some) => isCaught(world, some));
  report.found('made smaller, it is caused by', JSON.stringify(small.map((bytes) => bytes.toString('latin1'))));
}

/** Through the program that agents start, in front of a server of its own process. */
export async function fuzzProcess(world: World, cases: number, random: Random, report: Report): Promise<void> {
  await fuzzLines(startProcess, world, { cases, random, report });
}

interface Run {
  readonly cases: number;
  readonly random: Random;
  readonly report: Report;
}

/** Returns the lines after which something was found. */
async function fuzzLines(
  start: Start,
  world: World,
  { cases, random, report }: Run,
): Promise<readonly Buffer[] | undefined> {
  const talk = await Conversation.open(await start(world, report), random.pick(LEGACY_REVISIONS), report);
  let lines: readonly Buffer[] = [];
  for (let done = 0; done < cases && report.findings.length === 0; done += lines.length) {
    const frames = Array.from({ length: Math.min(AT_ONCE, cases - done) }, (_, index) =>
      frame(random, `c${done + index}`),
    );
    for (const kind of frames.flatMap(({ kinds }) => kinds)) report.count(`mutated: ${kind}`);
    lines = frames.map(({ bytes }) => bytes);
    await talk.exchange(lines, `tag-${done}`, random);
  }
  await talk.finish();
  return report.findings.length > 0 && lines.length > 0 ? lines : undefined;
}

/** Whether these lines alone are enough to find something. */
export async function isCaught(world: World, lines: readonly Buffer[]): Promise<boolean> {
  const report = new Report();
  for (const revision of LEGACY_REVISIONS) {
    const talk = await Conversation.open(await startOnStdio(world, report), revision, report);
    await talk.exchange(lines, 'tag', randomFrom(1), 2_000);
    await talk.finish();
  }
  return report.findings.length > 0;
}
