/** How long the classifier takes: processor time, because other programs share the machine. */
import { classifyTool } from '../../server/src/risk/index.ts';
import type { Listed } from './samples.mts';

export interface Times {
  readonly tools: number;
  /** Milliseconds of the first pass in this process. */
  readonly cold: number;
  /** Milliseconds: the median of `RUNS` passes after `WARM_UP`. */
  readonly warm: number;
  /** Milliseconds: the fastest of these. The least disturbed by other programs. */
  readonly fastest: number;
}

const WARM_UP = 20;
const RUNS = 31;
/** The longest tool list known to us. */
const LONG_LIST = 733;

/** Every pass gets new tool objects, for verdicts are remembered with the object. */
export function coldAndWarm(samples: readonly Listed[]): Times {
  const cold = pass(samples);
  for (let run = 0; run < WARM_UP; run++) pass(samples);
  const runs = Array.from({ length: RUNS }, () => pass(samples)).toSorted((a, b) => a - b);
  return { tools: samples.length, cold, warm: runs[Math.floor(RUNS / 2)] ?? 0, fastest: runs[0] ?? 0 };
}

function pass(samples: readonly Listed[]): number {
  const tools = samples.map(({ tool }) => ({ ...tool }));
  const before = process.cpuUsage();
  for (const tool of tools) classifyTool(tool);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

export function timeReport({ tools, cold, warm, fastest }: Times): string {
  const of733 = (ms: number): string => `${((ms * LONG_LIST) / tools).toFixed(1)} ms`;
  return `## Time\n\nProcessor time for ${tools} tools: ${warm.toFixed(1)} ms warm (median of ${RUNS} passes), ${fastest.toFixed(1)} ms fastest, ${cold.toFixed(1)} ms cold. For ${LONG_LIST} tools: ${of733(warm)} warm, ${of733(fastest)} fastest, ${of733(cold)} cold.\n`;
}
