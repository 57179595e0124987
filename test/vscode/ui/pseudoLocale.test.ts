/** Everything that the extension shows, in a pseudo-locale: a text without brackets is one that nobody can translate. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agent } from '../client.ts';
import { connectAtLens } from './agent.ts';
import { projectRoot } from '../host/paths.mts';
import { PSEUDO_LOCALE, pseudo, writePseudoExtension } from '../pseudoLocale.ts';
import { writeAskingPolicy } from '../workspace.ts';
import { stopAtFirstFailure, Workbench } from './workbench.ts';

describe('the extension in a pseudo-locale', () => {
  stopAtFirstFailure();
  let workbench: Workbench;
  let agent: Agent;
  let extension: string;
  const run = (title: string): Promise<void> => workbench.run(pseudo(title));

  beforeAll(async () => {
    extension = await mkdtemp(path.join(os.tmpdir(), 'portcullis-pseudo-'));
    await writePseudoExtension(projectRoot, extension);
    workbench = await Workbench.open({ prepare: writeAskingPolicy, extension, language: PSEUDO_LOCALE });
  });
  afterAll(async () => {
    await agent?.close().catch(() => undefined);
    await workbench?.close();
    await rm(extension, { recursive: true, force: true });
  });

  it('offers its commands', async () => {
    await workbench.openFile('policy.json');
    await workbench.lens('14 tools').waitFor();
    await workbench.page.keyboard.press('F1');
    await workbench.page.locator('.quick-input-widget input').fill('>Portcullis: ');
    await workbench.picks.filter({ hasText: '⟦' }).first().waitFor();
    // The second line of each is VS Code's: the title as it is in English.
    const titles = (await workbench.picks.allInnerTexts()).map((text) => text.split('\n')[0] ?? '');
    expect(titles.filter((title) => !/^Portcullis: ⟦.*⟧$/.test(title))).toEqual([]);
    await workbench.page.keyboard.press('Escape');
  });

  it('draws the panel before there are calls', async () => {
    await run('Show Audit');
    await workbench.audit.locator('.empty h2').waitFor();
    expect(await untranslated(workbench.audit)).toEqual([]);
  });

  it('draws the panel with calls', async () => {
    await run('Start Gateway');
    agent = await connectAtLens(workbench, /^⟦http:.* · 13 .*⟧$/);
    const files = path.join(workbench.folder, 'files');
    await agent.call('read_text_file', { path: path.join(files, 'notes.md') });
    await agent.call('write_file', { path: path.join(files, 'run.sh'), content: '' });
    agent.call('create_directory', { path: path.join(files, 'drafts') }).catch(() => undefined);
    await workbench.audit.locator('.waiting .primary').waitFor();
    await workbench.audit.locator('tr.call', { hasText: 'write_file' }).waitFor();
    await workbench.screenshot('pseudo-panel');
    expect(await untranslated(workbench.audit)).toEqual([]);
  });

  it('asks for approval', async () => {
    await workbench.audit.locator('.waiting .primary').click();
    await workbench.page.locator('.quick-input-title', { hasText: /^⟦.*create_directory.*⟧$/ }).waitFor();
    await workbench.picks.filter({ hasText: pseudo('Allow Once') }).waitFor();
    await workbench.screenshot('pseudo-approval');
    await workbench.page.keyboard.press('Escape');
  });

  it('draws the builder', async () => {
    await workbench.openFile('policy.json');
    await run('Open Policy Builder');
    await workbench.builder.locator('tr.tool-row').first().waitFor();
    await workbench.screenshot('pseudo-builder');
    expect(await untranslated(workbench.builder)).toEqual([]);
  });

  it('draws the forms', async () => {
    const { builder } = workbench;
    await builder.locator('tr[data-id="write_file"] button.custom').click();
    await builder.locator('.rule-pane .card').waitFor();
    expect(await untranslated(builder)).toEqual([]);
    await builder.locator('tr[data-id="create_directory"]').click({ position: { x: 300, y: 5 } });
    await builder.locator('.rule-pane h2', { hasText: 'create_directory' }).waitFor();
    await workbench.screenshot('pseudo-forms');
    expect(await untranslated(builder)).toEqual([]);
  });

  it('names the state of a server in the tree', async () => {
    await workbench.run(`Explorer: Focus on ${pseudo('MCP Servers')} View`);
    const server = workbench.page.getByRole('treeitem', { name: /^files, / }).first();
    await server.waitFor();
    const said = (await server.getAttribute('aria-label')) ?? '';
    expect(said.replace(/⟦[^⟧]*⟧/g, '').replace('policy.json', '')).toMatch(/^files, [\s·]*$/);
  });
});

/** What servers, agents and policies say, and the engine of them: English, or whatever it is, in every editor and in the shell. */
const DATA = {
  texts: `time, td.client, td.rule, td.message, td.risk, .category, .name, .description, .why, .every-tool button,
    .rule-pane h2, .rule-pane .clause, .rule-pane .decision, .rule-pane .others li, .rule-pane .field .note, .rule-pane option`,
  labels: 'time, td, .name, .risk, .states',
};

interface Shown {
  readonly place: string;
  readonly text: string;
}

/** Texts and labels in a page of which more than what stands in brackets is words. */
async function untranslated(page: FrameLocator): Promise<readonly Shown[]> {
  const shown = await page.locator('body').evaluate(textsOf, DATA);
  expect(shown.filter(({ text }) => text.includes('⟦')).length).toBeGreaterThan(0);
  return shown.filter(({ text }) => /\p{L}{2}/u.test(text.replace(/⟦[^⟧]*⟧/g, '')));
}

interface PageElement {
  readonly tagName: string;
  readonly className: string;
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getAttribute(name: string): string | null;
  matches(selector: string): boolean;
}

/** Runs in the page: each element's own text, and what it is called. */
function textsOf(body: unknown, data: { readonly texts: string; readonly labels: string }): Shown[] {
  const TEXT_NODE = 3;
  return [...(body as PageElement).querySelectorAll(':not(script)')].flatMap((each) => {
    const own = [...each.childNodes].filter(({ nodeType }) => nodeType === TEXT_NODE);
    const texts = each.matches(data.texts) ? [] : own.map(({ textContent }) => textContent ?? '');
    const labels = each.matches(data.labels)
      ? []
      : ['aria-label', 'aria-description', 'title', 'placeholder'].map((name) => each.getAttribute(name) ?? '');
    const place = `${each.tagName.toLowerCase()}.${each.className}`;
    return [...texts, ...labels].map((text) => ({ place, text }));
  });
}
