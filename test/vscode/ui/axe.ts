/** axe-core inside a page of ours: what keeps people with assistive technology from using it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, FrameLocator } from 'playwright-core';

/** WCAG 2.2 at level AA with all that it builds on, and what axe recommends beyond. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly help: string;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
  readonly passes: readonly { readonly id: string }[];
}

interface Axe {
  run(context: unknown, options: object): Promise<AxeResult>;
}

export interface Examination {
  /** One line for each place that breaks a rule, the impact and the rule's name first. */
  readonly violations: readonly string[];
  /** Names of the rules that found something to look at, and nothing wrong. */
  readonly passed: readonly string[];
}

/** Looks at a page as it stands. Its Content-Security-Policy stays in force: the source comes over the devtools protocol. */
export async function examine(page: FrameLocator): Promise<Examination> {
  const frame = await frameOf(page);
  await frame.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations, passes } = await frame.evaluate(runAxe, TAGS);
  return {
    violations: violations.flatMap(({ id, impact, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${impact ?? ''} ${id}: ${help}: ${target.join(' ')}: ${failureSummary ?? ''}`,
      ),
    ),
    passed: passes.map(({ id }) => id),
  };
}

/** Locators cannot evaluate a text. */
async function frameOf(page: FrameLocator): Promise<Frame> {
  const body = await page.locator('body').elementHandle();
  const frame = await body?.ownerFrame();
  if (!frame) throw new Error('the page has no frame');
  return frame;
}

/** Runs in the page. */
async function runAxe(tags: readonly string[]): Promise<AxeResult> {
  const page = globalThis as unknown as { readonly axe: Axe; readonly document: unknown };
  return await page.axe.run(page.document, { runOnly: { type: 'tag', values: tags } });
}
