/**
 * One opened workbench for a UI test: server, browser and page with the extension under test in it.
 *
 * The same test runs against the sources and against the packaged extension: when `PORTCULLIS_EXTENSIONS_DIR` names a
 * folder with the installed .vsix, that is used and nothing is loaded from the sources.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { projectRoot } from './paths.mts';
import { startServer, type ServerOptions, type VsCodeServer } from './server.mts';
import { launchBrowser, newPage, workbenchUrl, type WorkbenchTarget } from './workbench.mts';

export interface WorkbenchSession {
  readonly server: VsCodeServer;
  readonly browser: Browser;
  readonly page: Page;
  /** Opens another folder or workspace in the same window. */
  visit(target: Target): Promise<void>;
  /** Opens a folder or workspace in one more window of the same person; `page`, `visit` and `close` of the answer are that window's. */
  another(target: Target): Promise<WorkbenchSession>;
  close(): Promise<void>;
}

type Target = Omit<WorkbenchTarget, 'payload'>;

export interface SessionOptions extends ServerOptions {
  /** None: a window without a folder. */
  readonly folder?: string;
  readonly browser?: BrowserContextOptions;
  /** Loaded from this folder instead of the project's or the installed one. */
  readonly extension?: string;
  /** As if the editor had been set to this language: only extensions bring texts in it. */
  readonly language?: string;
}

/** Opens the folder in the workbench and waits until the workbench is drawn. */
export async function openWorkbench(options: SessionOptions): Promise<WorkbenchSession> {
  const installed = options.extension === undefined ? process.env['PORTCULLIS_EXTENSIONS_DIR'] : undefined;
  const server = await startServer(installed === undefined ? options : { ...options, extensionsDir: installed });
  const browser = await launchBrowser();
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = await newPage(browser, options.browser);
    if (options.language !== undefined) await page.addInitScript(setLanguage, options.language);
    const sources = options.extension ?? projectRoot;
    const payload: Record<string, string> = installed === undefined ? { extensionDevelopmentPath: sources } : {};
    const session = windowOf({ server, browser, page, close }, payload);
    await session.visit(options.folder === undefined ? {} : { folder: options.folder });
    return session;
  } catch (error) {
    await close();
    throw error;
  }
}

function windowOf(
  parts: Pick<WorkbenchSession, 'server' | 'browser' | 'page' | 'close'>,
  payload: Readonly<Record<string, string>>,
): WorkbenchSession {
  const { page, server } = parts;
  return {
    ...parts,
    visit: async (target) => {
      await page.goto(workbenchUrl(server, { ...target, payload }));
      await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    },
    another: async (target) => {
      const next = await page.context().newPage();
      const opened = windowOf({ ...parts, page: next, close: () => next.close() }, payload);
      await opened.visit(target);
      return opened;
    },
  };
}

/** Runs in the page, before the workbench. */
function setLanguage(language: string): void {
  Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: language });
}
