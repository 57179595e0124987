/** The workbench as its user sees it: files, lines, lenses, the status bar, the audit page. Selectors stand here and nowhere else. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { openWorkbench, type SessionOptions, type WorkbenchSession } from '../host/index.mts';
import { projectRoot } from '../host/paths.mts';
import { writeWorkspace } from '../workspace.ts';

const screenshots = path.join(projectRoot, 'out', 'screenshots');

const settings = {
  'editor.minimap.enabled': false,
  // In the browser VS Code saves by itself; here the user does.
  'files.autoSave': 'off',
  'editor.stickyScroll.enabled': false,
  // Hints stand in the lines whose text the steps look for.
  'editor.inlayHints.enabled': 'off',
  // Pictures of the product without a badge for the gateway's port.
  'remote.autoForwardPorts': false,
  'security.workspace.trust.startupPrompt': 'never',
};

/** Milliseconds that a step waits for what it expects to see: long, for busy machines. */
const PATIENCE = 60_000;
/** Of keys that are pressed again where nothing came of them. */
const KEY_PATIENCE = 5_000;
const ATTEMPTS = 6;

/** Milliseconds that VS Code takes at most to follow a change of the settings that it has noticed. */
const THEME_CHANGE = 5_000;
const THEME_PATIENCE = 15_000;

/** The steps of a story build on one another: after one that failed the others would only wait for what cannot come. */
export function stopAtFirstFailure(): void {
  let failed = false;
  beforeEach(({ skip }) => skip(failed, 'an earlier step failed'));
  afterEach(({ task }) => void (failed ||= task.result?.state === 'fail'));
}

interface WorkbenchOptions extends Pick<SessionOptions, 'trusted' | 'extension' | 'language' | 'reconnectionGrace'> {
  /** Changes the tests' workspace before it is opened. */
  readonly prepare?: (folder: string) => Promise<void>;
  /** Opens a window without a folder. */
  readonly empty?: boolean;
  /** Settings of the user beside those of all tests. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export class Workbench {
  readonly page: Page;
  readonly folder: string;
  readonly #session: WorkbenchSession;

  private constructor(session: WorkbenchSession, folder: string) {
    this.#session = session;
    this.page = session.page;
    this.page.setDefaultTimeout(PATIENCE);
    this.folder = folder;
  }

  /** Opens the tests' workspace in a fresh VS Code. */
  static async open({ prepare, empty, settings: more, ...options }: WorkbenchOptions = {}): Promise<Workbench> {
    // The window's title is the folder's name.
    const folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'portcullis-story-')), 'notes');
    await writeWorkspace(folder, projectRoot);
    await prepare?.(folder);
    await mkdir(screenshots, { recursive: true });
    const start = async (): Promise<Workbench> => {
      const target = { ...options, settings: { ...settings, ...more } };
      const workbench = new Workbench(await openWorkbench(empty === true ? target : { ...target, folder }), folder);
      if (empty === true) return workbench;
      // Not from the start: VS Code prefers a theme from below the extension's folder, and its own lies there, in .vscode-test.
      return await workbench.setTheme('Dark Modern', 'vs-dark').then(
        () => workbench,
        async (error: unknown) => {
          await workbench.#session.close();
          throw error;
        },
      );
    };
    // Now and then a VS Code never notices changes of files; the next one does.
    return await start().catch(start);
  }

  async close(): Promise<void> {
    await this.#session.close();
    await rm(path.dirname(this.folder), { recursive: true, force: true });
  }

  /** Opens another folder or workspace in this window. */
  async visit(target: Parameters<WorkbenchSession['visit']>[0]): Promise<void> {
    await this.#session.visit(target);
  }

  /** Opens a folder or workspace in one more window, which is closed by its `page`: `close` is for all of them. */
  async another(target: Parameters<WorkbenchSession['visit']>[0]): Promise<Workbench> {
    return new Workbench(await this.#session.another(target), this.folder);
  }

  /** User data of this VS Code, where the extension keeps its state. */
  get dataDir(): string {
    return this.#session.server.dataDir;
  }

  /** A picture for people, with nothing hovered by accident. */
  async screenshot(name: string): Promise<void> {
    await this.page.mouse.move(640, 785);
    await this.picture(name);
  }

  /** A picture with the mouse where it is. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`), caret: 'hide', animations: 'disabled' });
  }

  async openFile(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await this.editor.waitFor();
  }

  get editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').first();
  }

  line(text: string): Locator {
    return this.editor.locator('.view-line', { hasText: text }).first();
  }

  /** A line on the right side of a comparison. */
  difference(text: string): Locator {
    return this.page.locator('.monaco-diff-editor .editor.modified .view-line', { hasText: text }).first();
  }

  /** Rests the mouse on `text` in a line until the hover has appeared wholly: it fades in. */
  async hover(text: string): Promise<Locator> {
    await this.line(text).getByText(text).first().hover();
    const content = this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
    await content.waitFor();
    await content.evaluate(animationsEnded);
    return content;
  }

  lens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: text }).first();
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  /** What a click on brings a view of the panel up. */
  panelTab(name: string): Locator {
    return this.page.locator('.part.panel .composite-bar .action-item', { hasText: name }).first();
  }

  /** Opens the list of notifications: their toasts come and go by themselves. */
  async notifications(): Promise<Locator> {
    await this.page
      .getByRole('button', { name: /Notifications/ })
      .first()
      .click();
    return this.page.locator('.notifications-center .notification-list-item');
  }

  get suggestions(): Locator {
    return this.page.locator('.suggest-widget.visible .monaco-list-row');
  }

  get picks(): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row');
  }

  /** A row of the list of fixes or refactorings at the cursor. */
  action(title: string | RegExp): Locator {
    return this.page.locator('.action-widget .monaco-list-row .title', { hasText: title }).first();
  }

  /** What is drawn beside the steps of a walkthrough, where there is room for it. */
  get walkthroughPicture(): FrameLocator {
    return this.page.frameLocator('.gettingStartedContainer iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** A row of the preview of an edit. */
  planned(text: string | RegExp): Locator {
    return this.page.locator('.bulk-edit-panel .monaco-list-row', { hasText: text }).first();
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name }).first();
  }

  /** Where a test is run from, beside its lines. */
  get runGlyph(): Locator {
    return this.editor.locator('.testing-run-glyph').first();
  }

  /** A row of the Test Explorer, by its accessible name: the test's name, then its state. */
  testItem(name: string | RegExp): Locator {
    return this.page.locator('.test-explorer').getByRole('treeitem', { name }).first();
  }

  /** A row of the list of test results. */
  testResult(text: string): Locator {
    return this.page.locator('.test-output-peek-tree .monaco-list-row', { hasText: text }).first();
  }

  /** What was expected and what was decided, side by side. */
  get testDifference(): Locator {
    return this.page.locator('.test-output-peek-message-container .monaco-diff-editor').first();
  }

  /** A row of the list of covered files. */
  covered(name: RegExp): Locator {
    return this.page.locator('.test-coverage-list-item').filter({ hasText: name }).first();
  }

  get uncoveredLine(): Locator {
    return this.editor.locator('.coverage-deco-gutter.coverage-deco-miss').first();
  }

  /** The page of the audit view: VS Code puts it two frames deep. */
  get audit(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** The page of the policy builder, in the same way. */
  get builder(): FrameLocator {
    const editors = this.page.locator('iframe.webview.ready[name]');
    return editors.last().contentFrame().frameLocator('iframe#active-frame');
  }

  /** Runs a command from the palette, which shows only those commands that were there when it was opened: one that comes later is looked for anew. */
  async run(title: string): Promise<void> {
    const command = this.picks.filter({ hasText: title }).first();
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.page.keyboard.press('F1');
      await this.page.locator('.quick-input-widget input').fill(`>${title}`);
      const isThere = await command.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
      if (isThere) return command.click();
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`The palette has no command "${title}".`);
  }

  /** Puts the cursor right after the first occurrence of `text` in the saved file. */
  async placeCursorAfter(name: string, text: string): Promise<void> {
    const content = await readFile(path.join(this.folder, name), 'utf8');
    const before = content.slice(0, content.indexOf(text) + text.length).split('\n');
    await this.editor.click();
    await this.page.keyboard.press('Control+g');
    await this.page.locator('.quick-input-widget input').fill(`:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Presses again where the first press went to a part of the workbench that had the focus for a moment. */
  async save(): Promise<void> {
    const saved = this.page.locator('.tab.active:not(.dirty)');
    await this.#pressUntil('Control+s', saved);
  }

  /** Chooses a quick fix at the cursor. */
  async quickFix(title: string): Promise<void> {
    await this.showFix(title);
    await this.action(title).click();
  }

  /** Opens the list of fixes at the cursor. What a finding needs may arrive after the first squiggle. */
  async showFix(title: string): Promise<void> {
    await this.#pressUntil('Control+.', this.action(title));
  }

  async #pressUntil(keys: string, awaited: Locator): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      await this.page.keyboard.press(keys);
      const isThere = await awaited.waitFor({ timeout: KEY_PATIENCE }).then(
        () => true,
        () => false,
      );
      if (isThere) return;
      await this.page.keyboard.press('Escape');
    }
    await awaited.waitFor();
  }

  /** Back to what is on disk. */
  async revert(): Promise<void> {
    await this.run('File: Revert File');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  /** Written again until it is applied: a change that comes before VS Code watches the folder goes unnoticed. */
  async setTheme(name: string, className: string): Promise<void> {
    const file = path.join(this.folder, '.vscode', 'settings.json');
    const applied = this.page.locator(`.monaco-workbench.${className}`);
    await vi.waitFor(
      async () => {
        await writeFile(file, JSON.stringify({ 'workbench.colorTheme': name, 'workbench.iconTheme': null }));
        await applied.waitFor({ timeout: THEME_CHANGE });
      },
      { timeout: THEME_PATIENCE },
    );
  }
}

/** Whether all of `part` can be seen without scrolling `whole`. */
export async function isInView(part: Locator, whole: Locator): Promise<boolean> {
  const [inner, outer] = await Promise.all([part.boundingBox(), whole.locator('..').boundingBox()]);
  if (inner === null || outer === null) return false;
  return inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height;
}

interface Animated {
  closest(selector: string): { getAnimations(options: object): { finished: Promise<unknown> }[] } | null;
}

/** Runs in the page. */
async function animationsEnded(element: unknown): Promise<void> {
  const running = (element as Animated).closest('.monaco-hover')?.getAnimations({ subtree: true }) ?? [];
  await Promise.all(running.map((animation) => animation.finished));
}
