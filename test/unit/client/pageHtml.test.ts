/** Row 30 of docs/security-tests.md: the document of a webview, whatever the data in it says. The views fill it with text nodes alone. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageHtml } from '../../../client/src/webview/html.ts';

type PageParameters = Parameters<typeof pageHtml>;

const webview = { asWebviewUri: (uri: unknown) => uri } as PageParameters[0];
const files = {
  script: 'vscode-resource:/s.js"onerror="x',
  style: 'vscode-resource:/s.css',
} as unknown as PageParameters[1];
const hostile = '</body><script>alert(1)</script><img src=x onerror=alert(1)>" onload="x\' & \u2028';

const head = { title: '', language: 'en' };

describe('row 30: a webview', () => {
  test('runs nothing that data, title or address say, and loads nothing from elsewhere', () => {
    const html = pageHtml(webview, files, { title: hostile, language: hostile }, { tool: hostile });
    expect([...html.matchAll(/<script/g)]).toHaveLength(1);
    expect(html).not.toMatch(/<img|onerror="|onload="|<\/body><script/);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy).toMatch(/^default-src 'none'; style-src 'nonce-([A-Za-z0-9+/=]{24})'; script-src 'nonce-\1'$/);
    expect(pageHtml(webview, files, head, {})).not.toContain(/nonce-([^']*)/.exec(html)?.[1]);
  });

  test('gives its data back unchanged to the script that reads it', () => {
    const attribute = /data-page="([^"]*)"/.exec(pageHtml(webview, files, head, { tool: hostile }))?.[1] ?? '';
    const text = attribute.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)));
    expect(JSON.parse(text)).toEqual({ tool: hostile });
  });

  test('has no code that turns text into elements', () => {
    const folder = path.resolve(import.meta.dirname, '../../../client/webview');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(0);
    for (const name of sources)
      expect(readFileSync(path.join(folder, name), 'utf8'), name).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|srcdoc/,
      );
  });
});
