/** The one document that every page of ours is: a script, a style sheet, data. Nothing inline, nothing from elsewhere. */
import { randomBytes } from 'node:crypto';
import type { Uri, Webview } from 'vscode';

/** What the page is called, and in which language (BCP 47) its words are. */
export interface PageHead {
  readonly title: string;
  readonly language: string;
}

export interface PageFiles {
  readonly script: Uri;
  readonly style: Uri;
}

/** `data` is any JSON value; the page reads it from the `data-page` attribute of its body. */
export function pageHtml(webview: Webview, files: PageFiles, { title, language }: PageHead, data: unknown): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  const script = webview.asWebviewUri(files.script).toString();
  const style = webview.asWebviewUri(files.style).toString();
  return `<!doctype html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" href="${escapeAttribute(style)}">
<title>${escapeAttribute(title)}</title>
</head>
<body data-page="${escapeAttribute(JSON.stringify(data))}">
<script nonce="${nonce}" src="${escapeAttribute(script)}"></script>
</body>
</html>`;
}

const escapeAttribute = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${String(character.codePointAt(0))};`);
