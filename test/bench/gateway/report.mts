/** What a run says: a plain table for people, the same as JSON, and on which machine. */
import { cpus, loadavg, totalmem } from 'node:os';
import type { Growth } from './growth.mts';
import { SCENARIOS, type Scenario } from './load.mts';
import type { Measured, TargetResult } from './run.mts';
import { median } from './statistics.mts';

export interface Row {
  readonly target: string;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly rate: number;
  /** Medians over the rounds of the quotient with the same round's figure. */
  readonly timeToDirect: number;
  readonly rateToDirect: number;
  readonly timeToFloor?: number;
  readonly rateToFloor?: number;
  /** Milliseconds of processor time for each operation: hardly moved by what else the machine does. */
  readonly processor?: number;
}

export interface Report {
  readonly machine: Readonly<Record<string, string | number>>;
  readonly scenarios: Readonly<Record<string, readonly Row[]>>;
  readonly processes: readonly {
    readonly target: string;
    readonly startUp?: number;
    readonly idle?: number;
    readonly peak?: number;
  }[];
  readonly growth: readonly Growth[];
}

export function report(results: readonly TargetResult[], growth: readonly Growth[], rounds: number): Report {
  const scenarios = SCENARIOS.map(({ name }) => [name, results.map((result) => rowOf(result, results, name))]);
  const processes = results.map(({ target, startUp, memory }) => ({
    target: target.name,
    ...(startUp === undefined ? {} : { startUp }),
    ...memory,
  }));
  return {
    machine: machine(rounds),
    scenarios: Object.fromEntries(scenarios) as Report['scenarios'],
    processes,
    growth,
  };
}

function rowOf(result: TargetResult, all: readonly TargetResult[], name: Scenario['name']): Row {
  const own = result.rounds[name];
  const { direct, floor } = result.target;
  const other = (wanted: string | undefined): readonly Measured[] =>
    all.find(({ target }) => target.name === wanted)?.rounds[name] ?? [];
  const quotient = (base: readonly Measured[], key: 'p50' | 'rate'): number =>
    median(own.map((each, round) => each[key] / (base[round]?.[key] ?? Number.NaN)));
  const middle = (key: keyof Measured): number => median(own.map((each) => each[key] ?? Number.NaN));
  const toFloor =
    floor === undefined
      ? {}
      : { timeToFloor: quotient(other(floor), 'p50'), rateToFloor: quotient(other(floor), 'rate') };
  return {
    target: result.target.name,
    p50: middle('p50'),
    p95: middle('p95'),
    p99: middle('p99'),
    rate: middle('rate'),
    timeToDirect: quotient(other(direct), 'p50'),
    rateToDirect: quotient(other(direct), 'rate'),
    ...toFloor,
    ...(own[0]?.processor === undefined ? {} : { processor: middle('processor') }),
  };
}

function machine(rounds: number): Report['machine'] {
  const [processor] = cpus();
  return {
    processor: processor?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    load: loadavg()
      .map((each) => each.toFixed(1))
      .join(' '),
    rounds,
  };
}

export function asText({ machine, scenarios, processes, growth }: Report): string {
  const facts = Object.entries(machine).map(([name, value]) => `${name}: ${value}`);
  const tables = SCENARIOS.map(({ name, title }) => `${title}\n${table(scenarioCells(scenarios[name] ?? []))}`);
  const memory = `memory and start-up\n${table([
    ['', 'start-up ms', 'idle MB', 'peak MB'],
    ...processes
      .filter(({ startUp }) => startUp !== undefined)
      .map(({ target, startUp, idle, peak }) => [target, whole(startUp), whole(idle), whole(peak)]),
  ])}`;
  return [facts.join(', '), ...tables, memory, ...growth.map(growthText)].join('\n\n');
}

function growthText({ target, calls, memory, peak }: Growth): string {
  return `${target}, MB over ${calls} calls: ${memory.map(whole).join(' ')} (peak ${whole(peak)})`;
}

function scenarioCells(rows: readonly Row[]): readonly (readonly string[])[] {
  const head = [
    '',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'ops/s',
    'time/direct',
    'rate/direct',
    'time/null',
    'rate/null',
    'processor ms',
  ];
  const lines = rows.map((row) => [
    row.target,
    ...[row.p50, row.p95, row.p99].map((each) => each.toFixed(each < 10 ? 3 : 1)),
    whole(row.rate),
    ...[row.timeToDirect, row.rateToDirect, row.timeToFloor, row.rateToFloor].map((each) => each?.toFixed(2) ?? ''),
    row.processor?.toFixed(3) ?? '',
  ]);
  return [head, ...lines];
}

function table(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const row = (line: readonly string[]): string =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return lines.map(row).join('\n');
}

function whole(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(0);
}
