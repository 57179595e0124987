/** Builders for tests of the analysis: policies as text, tools by name, and fixes applied as an editor applies them. */
import { analyze, type Finding, type Fix, type WayAround } from '../../../server/src/analysis/index.ts';
import type { Catalog, Tool } from '../../../server/src/catalog/index.ts';

export interface Known {
  readonly catalog?: Catalog;
  readonly reviewed?: Catalog;
  readonly core?: boolean;
  readonly unattended?: boolean;
  readonly ways?: readonly WayAround[];
}

/** A policy with two spaces of indentation, as people write it. */
export function policy(more: object): string {
  return JSON.stringify({ version: '1', default: 'deny', ...more }, undefined, 2);
}

/** A live list of tools: names, or whole tools. */
export function serverWith(...tools: readonly (string | Tool)[]): Known {
  const list = tools.map((tool) => (typeof tool === 'string' ? { name: tool } : tool));
  return { catalog: { server: 'demo', tools: list, readAt: 0, source: 'live' } };
}

/** A tool whose arguments are `properties`, closed. */
export function tool(name: string, properties: object): Tool {
  return { name, inputSchema: { type: 'object', properties } };
}

export function findings(code: string, text: string, known: Known = {}): readonly Finding[] {
  return analyze({ text, ...known }).filter((finding) => finding.code === code);
}

/** The only finding of a code. */
export function finding(code: string, text: string, known: Known = {}): Finding {
  const [only, ...others] = findings(code, text, known);
  if (!only || others.length > 0)
    throw new Error(`Expected one ${code}, got ${JSON.stringify(analyze({ text, ...known }))}`);
  return only;
}

/** What a finding underlines. */
export function underlined(text: string, { span }: Finding): string {
  return text.slice(span.start, span.end);
}

export function applyFix(text: string, fix: Fix): string {
  const edits = [...fix.edits].sort((a, b) => b.span.start - a.span.start);
  edits.reduce((end, { span }) => {
    if (span.start > span.end || span.end > end)
      throw new Error(`The edits of "${fix.title}" overlap or run backwards.`);
    return span.start;
  }, text.length);
  return edits.reduce(
    (result, edit) => result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end),
    text,
  );
}

/** The document after the fix whose title begins so. */
export function fixed(text: string, from: Finding, title: string): string {
  const fix = from.fixes.find((candidate) => candidate.title.startsWith(title));
  if (!fix) throw new Error(`No fix "${title}" among: ${from.fixes.map((candidate) => candidate.title).join(', ')}`);
  return applyFix(text, fix);
}
