/**
 * The workbench in a browser: how to launch the browser, prepare a page, and address a folder.
 */
import { randomBytes } from 'node:crypto';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { ensureChromium } from './chromium.mts';
import type { VsCodeServer } from './server.mts';

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // Else a page that asks for its memory is told a rough figure, and the same one for twenty minutes.
  '--enable-precise-memory-info',
  // Nothing but this machine can be reached from a page.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

export async function launchBrowser(): Promise<Browser> {
  const { executable, env } = await ensureChromium();
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return await chromium.launch({
    executablePath: executable,
    headless: true,
    args: browserArguments,
    env: { ...Object.fromEntries(inherited), ...env },
  });
}

/** A page ready for the workbench. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  // Secrets outlive a reload only when the page can fetch the key that encrypts them.
  const key = randomBytes(32);
  await context.route('**/mint-key', (route) =>
    route.fulfill({ status: 200, contentType: 'application/octet-stream', body: key }),
  );
  // Routes of code-server's own front end, which is not used here.
  await context.route(/\/(update\/check|_static\/|.*vsda)/, (route) => route.fulfill({ status: 204, body: '' }));
  return await context.newPage();
}

export interface WorkbenchTarget {
  readonly folder?: string;
  /** A .code-workspace file. */
  readonly workspace?: string;
  /** Development switches of the workbench; keys that end in `Path` are local paths. */
  readonly payload?: Readonly<Record<string, string>>;
}

export function workbenchUrl(server: Pick<VsCodeServer, 'origin' | 'port'>, target: WorkbenchTarget = {}): string {
  const url = new URL(`${server.origin}/`);
  if (target.folder !== undefined) url.searchParams.set('folder', target.folder);
  const remote = (file: string): string => `vscode-remote://localhost:${server.port}${file}`;
  if (target.workspace !== undefined) url.searchParams.set('workspace', target.workspace);
  const payload = Object.entries({ skipWelcome: 'true', skipReleaseNotes: 'true', ...target.payload });
  const entries = payload.map(([key, value]) => [key, key.endsWith('Path') ? remote(value) : value]);
  url.searchParams.set('payload', JSON.stringify(entries));
  return url.toString();
}
