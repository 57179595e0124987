/**
 * What a page of ours in a real VS Code does to its thread, which is the workbench's too: how long its tasks keep it busy, as the browser's own
 * trace tells. What counts is processor time: others on the machine do not add to it. The time on the clock stands beside it.
 */
import type { Locator, Page } from 'playwright-core';

/** Milliseconds. */
export interface Task {
  readonly processor: number;
  readonly clock: number;
}

/** What a person feels begins here. */
const LONG = 50;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly tid: number;
  readonly pid: number;
  /** Microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The tasks of the threads that draw pages while `work` runs, longest first. */
export async function tasksDuring(page: Page, work: () => Promise<unknown>): Promise<readonly Task[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser of its own to trace.');
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'],
  });
  const traced = await work().then(
    () => browser.stopTracing(),
    async (error: unknown) => {
      await browser.stopTracing();
      throw error;
    },
  );
  return tasksIn((JSON.parse(traced.toString()) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents);
}

function tasksIn(events: readonly TraceEvent[]): readonly Task[] {
  const threadOf = ({ pid, tid }: TraceEvent): string => `${String(pid)}/${String(tid)}`;
  const named = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const drawing = new Set(named.map(threadOf));
  const tasks = events.filter((event) => event.name === 'RunTask' && event.ph === 'X' && drawing.has(threadOf(event)));
  return tasks
    .map(({ dur = 0, tdur = 0 }) => ({ processor: tdur / 1_000, clock: dur / 1_000 }))
    .toSorted((a, b) => b.processor - a.processor);
}

/** `2 tasks over 50 ms, the longest 61 ms (73 ms on the clock)`. */
export function inWords(tasks: readonly Task[]): string {
  const long = tasks.filter(({ processor }) => processor > LONG).length;
  const [longest] = tasks;
  const clock = Math.max(0, ...tasks.map((task) => task.clock));
  const most = `the longest ${(longest?.processor ?? 0).toFixed(0)} ms (${clock.toFixed(0)} ms on the clock)`;
  return `${long === 0 ? 'no task' : String(long)} over ${String(LONG)} ms, ${most}`;
}

/** A hundred jumps and two hundred small steps, one in each frame. Resolves to how many rows are drawn. */
export const scrollThrough = (scroller: Locator): Promise<number> => scroller.evaluate(scroll);

interface Scroller {
  scrollTop: number;
  readonly scrollHeight: number;
  querySelectorAll(selector: string): { readonly length: number };
}

/** Runs in the page. */
async function scroll(element: unknown): Promise<number> {
  const scroller = element as Scroller;
  const page = globalThis as unknown as { requestAnimationFrame(next: () => void): void };
  const frame = (): Promise<void> => new Promise((resolve) => page.requestAnimationFrame(resolve));
  for (let step = 0; step <= 100; step++) {
    scroller.scrollTop = (scroller.scrollHeight * step) / 100;
    await frame();
  }
  for (let step = 0; step < 200; step++) {
    scroller.scrollTop -= 120;
    await frame();
  }
  return scroller.querySelectorAll('tbody tr[data-id]').length;
}
