/** A run: every target is started and greeted, then measured in rounds, shuffled, so that whatever else the machine does meets all alike. */
import { Conversation } from './client/conversation.mts';
import { SCENARIOS, type Scenario } from './load.mts';
import { Processes } from './processes.mts';
import { percentile, shuffled } from './statistics.mts';
import { startUpstream, type Running, type Target } from './targets.mts';

export interface RunOptions {
  readonly rounds: number;
  /** Calls of one measurement with one call in flight. */
  readonly calls: number;
  readonly say: (text: string) => void;
}

/** Milliseconds, and operations in a second. */
export interface Measured {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly rate: number;
  /** Milliseconds of processor time for each operation, of what stands between. */
  readonly processor?: number;
}

export interface TargetResult {
  readonly target: Target;
  /** Milliseconds from the start of the process to the answer to `initialize`; absent for a connection without one. */
  readonly startUp?: number;
  /** MB after the handshake, and at most in all rounds. */
  readonly memory?: { readonly idle: number; readonly peak: number };
  readonly rounds: Readonly<Record<Scenario['name'], readonly Measured[]>>;
}

interface Opened {
  readonly target: Target;
  readonly running: Running;
  readonly conversation: Conversation;
  readonly startUp: number;
  readonly idle: number | undefined;
  readonly rounds: Record<Scenario['name'], Measured[]>;
}

/** Targets that cannot be started are left out, with a word. */
export async function run(targets: readonly Target[], options: RunOptions): Promise<readonly TargetResult[]> {
  await using processes = new Processes();
  const upstream = await startUpstream(processes);
  const opened: Opened[] = [];
  for (const target of targets) {
    try {
      opened.push(await open(target, { processes, upstream }));
    } catch (error) {
      options.say(`${target.name} is left out: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  await warmUp(opened, options);
  for (let round = 1; round <= options.rounds; round += 1) {
    options.say(`round ${round} of ${options.rounds}`);
    await measureRound(opened, options);
  }
  for (const { running } of opened) await running.wire[Symbol.asyncDispose]();
  return opened.map(resultOf);
}

async function open(target: Target, stage: Parameters<Target['open']>[0]): Promise<Opened> {
  const start = performance.now();
  const running = await target.open(stage);
  const conversation = new Conversation(running.wire);
  await conversation.open();
  const startUp = performance.now() - start;
  await conversation.call();
  const idle = running.between?.memory()?.now;
  return { target, running, conversation, startUp, idle, rounds: { c1: [], c16: [], c64: [], list: [] } };
}

/** Until the machine code is there. */
async function warmUp(opened: readonly Opened[], { calls }: RunOptions): Promise<void> {
  for (const { conversation } of opened) for (const scenario of SCENARIOS) await scenario.run(conversation, calls);
}

async function measureRound(opened: readonly Opened[], { calls }: RunOptions): Promise<void> {
  for (const scenario of shuffled(SCENARIOS))
    for (const each of shuffled(opened)) each.rounds[scenario.name].push(await measureOne(each, scenario, calls));
}

async function measureOne({ conversation, running }: Opened, scenario: Scenario, calls: number): Promise<Measured> {
  const before = running.between?.processorTime();
  const { latencies, rate } = await scenario.run(conversation, calls);
  const after = running.between?.processorTime();
  return {
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    rate,
    ...(before === undefined || after === undefined ? {} : { processor: (after - before) / latencies.length }),
  };
}

function resultOf({ target, running, startUp, idle, rounds }: Opened): TargetResult {
  const memory = running.between?.memory();
  return {
    target,
    rounds,
    ...(running.between ? { startUp } : {}),
    ...(memory && idle !== undefined ? { memory: { idle, peak: memory.peak } } : {}),
  };
}
