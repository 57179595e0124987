/**
 * Times one operation again and again. What counts is the processor time of the process, collecting garbage included: it hardly depends on
 * what else the machine does. The time on the clock is printed beside it.
 */

/** Milliseconds. */
export interface Figures {
  /** A quarter of the rounds took less: what others do on the machine shows least here. */
  readonly quarter: number;
  readonly median: number;
  readonly p95: number;
}

export interface Measured {
  readonly processor: Figures;
  readonly clock: Figures;
}

const WARM_UP = 10;

/** The first rounds are not counted: an editor is warm for all but the first moments of its day. */
export async function measure(rounds: number, operation: (round: number) => unknown): Promise<Measured> {
  const [processor, clock]: [number[], number[]] = [[], []];
  for (let round = 0; round < WARM_UP + rounds; round += 1) {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    await operation(round);
    const elapsed = performance.now() - start;
    const { user, system } = process.cpuUsage(cpu);
    if (round < WARM_UP) continue;
    processor.push((user + system) / 1_000);
    clock.push(elapsed);
  }
  return { processor: figuresOf(processor), clock: figuresOf(clock) };
}

function figuresOf(times: number[]): Figures {
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { quarter: at(0.25), median: at(0.5), p95: at(0.95) };
}
