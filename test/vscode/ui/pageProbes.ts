/** What a person would notice in a page of ours without assistive technology: where the focus is, and what is cut off. */
import type { FrameLocator, Page } from 'playwright-core';

/** Tab stops after which a page would be a maze. */
const MOST_STOPS = 40;

export interface Stop {
  /** What the element is called. */
  readonly name: string;
  /** Whether an outline is drawn around it, or around what scrolls it. */
  readonly isShown: boolean;
}

/** Presses Tab until the focus is on the element of that name, which is returned. */
export async function tabTo(page: Page, frame: FrameLocator, name: RegExp): Promise<Stop> {
  const passed: string[] = [];
  while (passed.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const stop = await focused(frame);
    if (stop !== undefined && name.test(stop.name)) return stop;
    passed.push(stop?.name ?? '-');
  }
  throw new Error(`Tab does not lead to ${String(name)}, but to ${passed.join(', ')}`);
}

/** Every element of a page that Tab leads to, from the first to the grid, which comes last but one or last. */
export async function tabStops(page: Page, frame: FrameLocator): Promise<readonly Stop[]> {
  await frame.getByRole('grid').focus();
  const stops: Stop[] = [];
  for (let stop = await focused(frame); stop !== undefined && stops.length < MOST_STOPS; stop = await focused(frame)) {
    stops.unshift(stop);
    await page.keyboard.press('Shift+Tab');
  }
  return stops;
}

async function focused(frame: FrameLocator): Promise<Stop | undefined> {
  return (await frame.locator('body').evaluate(readFocus)) ?? undefined;
}

/** What reaches out of the page, or is cut within its box, with nothing to scroll it by. The table scrolls by itself. */
export async function cutOff(frame: FrameLocator): Promise<readonly string[]> {
  return await frame.locator('body').evaluate(readCuts);
}

interface PageElement {
  readonly tagName: string;
  readonly className: string;
  readonly textContent: string;
  readonly parentElement: PageElement | null;
  readonly ownerDocument: { readonly activeElement: PageElement | null; readonly scrollingElement: PageElement };
  readonly clientWidth: number;
  readonly clientHeight: number;
  readonly scrollWidth: number;
  readonly scrollHeight: number;
  getAttribute(name: string): string | null;
  matches(selector: string): boolean;
  closest(selector: string): PageElement | null;
  checkVisibility(): boolean;
  getBoundingClientRect(): { readonly left: number; readonly right: number; readonly bottom: number };
  querySelectorAll(selector: string): Iterable<PageElement>;
}

interface Styles {
  getComputedStyle(element: PageElement): {
    readonly outlineStyle: string;
    readonly outlineWidth: string;
    readonly overflowY: string;
  };
}

/** Runs in the page. */
function readFocus(body: unknown): Stop | null {
  const { getComputedStyle } = globalThis as unknown as Styles;
  const element = (body as PageElement).ownerDocument.activeElement;
  if (element === null || element === body) return null;
  const outlined = element.matches('table') ? (element.parentElement ?? element) : element;
  const { outlineStyle, outlineWidth } = getComputedStyle(outlined);
  const name = element.getAttribute('aria-label') ?? (element.closest('label') ?? element).textContent;
  return { name, isShown: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 };
}

/** Runs in the page. */
function readCuts(given: unknown): string[] {
  const { getComputedStyle } = globalThis as unknown as Styles;
  const body = given as PageElement;
  const parts = [
    ...body.querySelectorAll(
      'button, input, select, label, h2, p, summary, [role], .text, .count, .words, .left, .source',
    ),
  ];
  const scrolls = ['auto', 'scroll'].includes(getComputedStyle(body).overflowY);
  const isCut = (part: PageElement): boolean => {
    const { left, right, bottom } = part.getBoundingClientRect();
    return left < -1 || right > body.clientWidth + 1 || (!scrolls && bottom > body.clientHeight + 1);
  };
  return parts
    .filter((part) => part.checkVisibility() && !part.closest('.rows table, .announcer') && isCut(part))
    .map((part) => `${part.tagName.toLowerCase()}.${part.className}: ${part.textContent.slice(0, 60)}`);
}
