/** One measurement: so many calls, so many of them in flight at once. */
import type { Conversation } from './client/conversation.mts';

export interface Sample {
  /** Milliseconds of each single operation. */
  readonly latencies: readonly number[];
  /** Operations in a second. */
  readonly rate: number;
}

export async function measure(operation: () => Promise<unknown>, count: number, inFlight: number): Promise<Sample> {
  const latencies: number[] = [];
  let started = 0;
  const worker = async (): Promise<void> => {
    while (started < count) {
      started += 1;
      const start = performance.now();
      await operation();
      latencies.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  return { latencies, rate: (count / (performance.now() - start)) * 1000 };
}

export interface Scenario {
  readonly name: 'c1' | 'c16' | 'c64' | 'list';
  readonly title: string;
  run(conversation: Conversation, calls: number): Promise<Sample>;
}

const calls = (inFlight: number): Scenario['run'] => {
  // Where many are in flight, a round needs more of them to last as long.
  const factor = inFlight === 1 ? 1 : 2;
  return (conversation, count) => measure(() => conversation.call(), count * factor, inFlight);
};

export const SCENARIOS: readonly Scenario[] = [
  { name: 'c1', title: 'tools/call, 1 in flight', run: calls(1) },
  { name: 'c16', title: 'tools/call, 16 in flight', run: calls(16) },
  { name: 'c64', title: 'tools/call, 64 in flight', run: calls(64) },
  {
    name: 'list',
    title: 'tools/list, 734 tools',
    run: (conversation, count) => measure(() => conversation.list(), Math.max(3, Math.ceil(count / 40)), 1),
  },
];
