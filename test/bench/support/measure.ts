/** Times one operation again and again, and prints what came out. */

/** Milliseconds. */
export interface Figures {
  readonly median: number;
  readonly p95: number;
}

const WARM_UP = 10;

/** The first rounds are not counted: an editor is warm for all but the first moments of its day. */
export async function measure(rounds: number, operation: (round: number) => Promise<void>): Promise<Figures> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + rounds; round += 1) {
    const start = performance.now();
    await operation(round);
    if (round >= WARM_UP) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}

/** Names, our figures, and those of what we are compared with. */
export function printTable(
  title: string,
  rows: readonly (readonly [name: string, ours: Figures, other?: Figures])[],
): void {
  const cell = (figures?: Figures): string =>
    figures ? `${figures.median.toFixed(1)} / ${figures.p95.toFixed(1)} ms` : '';
  const ratio = (ours: Figures, other?: Figures): string => (other ? `${(ours.p95 / other.p95).toFixed(2)} ×` : '');
  const lines = rows.map(([name, ours, other]) =>
    [name.padEnd(46), cell(ours).padEnd(20), cell(other).padEnd(20), ratio(ours, other)].join(''),
  );
  const head = ['median / p95'.padEnd(46), 'portcullis'.padEnd(20), 'JSON service'.padEnd(20), 'p95 ratio'].join('');
  console.log([title, head, ...lines].join('\n'));
}
