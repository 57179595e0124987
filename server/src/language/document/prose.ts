/**
 * Text for people in hovers and completion documentation. Every string that goes in is data: it may come from a hostile server and
 * never becomes a link, an image, HTML, a command or a heading. Only the constructors here make structure.
 */
import { MarkupKind, type MarkupContent } from 'vscode-languageserver';
import { escapeUntrusted } from '../../catalog/escape.ts';

export type Inline =
  string | { readonly bold: string } | { readonly code: string } | { readonly link: string; readonly href: string };

export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'json'; readonly text: string };

/** Longer texts from a server are cut: a hover is no reader. */
const MAX_TEXT = 1_000;

export const heading = (...parts: readonly Inline[]): Block => ({ kind: 'heading', parts });
export const paragraph = (...parts: readonly Inline[]): Block => ({ kind: 'paragraph', parts });
export const list = (...items: readonly (readonly Inline[])[]): Block => ({ kind: 'list', items });
export const json = (text: string): Block => ({ kind: 'json', text });

export function render(blocks: readonly Block[], kind: MarkupKind): MarkupContent {
  const markdown = kind === MarkupKind.Markdown;
  return { kind, value: blocks.map((block) => renderBlock(block, markdown)).join('\n\n') };
}

function renderBlock(block: Block, markdown: boolean): string {
  switch (block.kind) {
    case 'heading':
      return `${markdown ? '### ' : ''}${renderInline(block.parts, markdown)}`;
    case 'paragraph':
      return renderInline(block.parts, markdown);
    case 'list':
      return block.items.map((item) => `- ${renderInline(item, markdown)}`).join('\n');
    case 'json':
      return markdown ? fenced(block.text) : block.text;
  }
}

function renderInline(parts: readonly Inline[], markdown: boolean): string {
  return parts.map((part) => (markdown ? inlineMarkdown(part) : inlinePlain(part))).join('');
}

function inlineMarkdown(part: Inline): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  if ('bold' in part) return bold(part.bold);
  if ('code' in part) return codeSpan(part.code);
  return `[${escapeMarkdown(part.link)}](${part.href})`;
}

/** Stars end bold text only right behind a word: space at its end goes outside. */
function bold(text: string): string {
  const words = text.trimEnd();
  return `**${escapeMarkdown(words)}**${words === text ? '' : ' '}`;
}

function inlinePlain(part: Inline): string {
  if (typeof part === 'string') return plain(part);
  if ('bold' in part) return plain(part.bold);
  if ('code' in part) return plain(part.code);
  return `${plain(part.link)} (${part.href})`;
}

/** All ASCII punctuation is escaped: that also keeps bare addresses from turning into links. Edges lose their spaces' meaning as indentation. */
export function escapeMarkdown(text: string): string {
  return plain(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** One line, cut to a length, with characters that are invisible or turn the writing direction made visible. */
export function plain(text: string): string {
  return escapeUntrusted(text.replace(/\s+/gu, ' '), { max: MAX_TEXT });
}

/** For places where an editor turns `$(name)` into an icon: an icon could claim what is not so. */
export function label(text: string, max = MAX_TEXT): string {
  return escapeUntrusted(text.replace(/\s+/gu, ' '), { max }).replaceAll('$(', '$ (');
}

function codeSpan(text: string): string {
  const content = plain(text);
  const fence = '`'.repeat(longestRun(content) + 1);
  const padding = /^`|`$|^ .* $/.test(content) ? ' ' : '';
  return content === '' ? '' : `${fence}${padding}${content}${padding}${fence}`;
}

/** Our own JSON, whose strings may still hold a server's backticks. */
function fenced(text: string): string {
  const shown = escapeUntrusted(text, { max: MAX_TEXT, lines: true });
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}json\n${shown}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
