/** Broken and hostile documents and tools: every feature answers, none throws. */
import fc from 'fast-check';
import { MarkupKind, type Position } from 'vscode-languageserver';
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../server/src/catalog/tool.ts';
import type { PolicyView } from '../../server/src/language/document/policy-view.ts';
import { codeActions } from '../../server/src/language/features/code-actions.ts';
import { codeLenses } from '../../server/src/language/features/code-lens.ts';
import { complete } from '../../server/src/language/features/completion.ts';
import { diagnose } from '../../server/src/language/features/diagnostics.ts';
import { documentSymbols } from '../../server/src/language/features/document-symbols.ts';
import { foldingRanges } from '../../server/src/language/features/folding.ts';
import { formatPolicy } from '../../server/src/language/features/formatting.ts';
import { hover } from '../../server/src/language/features/hover.ts';
import { selectionRanges } from '../../server/src/language/features/selection-ranges.ts';
import { DEFAULT_SETTINGS } from '../../server/src/language/settings.ts';
import { known, TOOLS, viewOf } from './support/view.ts';

/** Calls every feature at a position. */
function useEverything(view: PolicyView, position: Position, tools = known(TOOLS)): void {
  const range = { start: position, end: position };
  diagnose(view, tools);
  complete(view, position, tools, { snippets: true, markup: MarkupKind.Markdown });
  hover(view, position, tools, MarkupKind.Markdown);
  codeActions(view, { range, context: { diagnostics: [] } }, tools, true);
  codeLenses(view, tools, { trusted: true, show: DEFAULT_SETTINGS.lens, evaluateCommand: 'evaluate' });
  documentSymbols(view);
  foldingRanges(view);
  selectionRanges(view, [position]);
  formatPolicy(view, { tabSize: 2, insertSpaces: true });
}

const POLICY = `{ "version": "1", "default": "deny", "hide": ["delete_*"],
  "tools": { "transfer_funds": { "deny_if": [{ "path": "args.amount", "op": "gt", "value": 100 }],
    "limits": [{ "counter": "sum", "window": "day", "max": 10 }] }, "*": {} } }`;

/** The policy with up to three pieces cut out, doubled or replaced by noise, and a place in it. */
const mutated = fc
  .array(
    fc.record({
      at: fc.nat(POLICY.length),
      length: fc.nat(12),
      noise: fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '\n', '🏰', '\ud800', '//', 'x'),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((changes) =>
    changes.reduce((text, { at, length, noise }) => text.slice(0, at) + noise + text.slice(at + length), POLICY),
  );

describe('every feature', () => {
  it('answers in any broken document, anywhere', () => {
    fc.assert(
      fc.property(mutated, fc.nat(POLICY.length), (text, offset) => {
        const view = viewOf(text);
        useEverything(view, view.range({ start: offset, end: offset }).start);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['nothing', ''],
    ['no object', '[]'],
    ['a number', '42'],
    ['deep nesting', '{"tools":'.repeat(1_000)],
    [
      'prototype keys',
      '{ "tools": { "__proto__": {}, "constructor": { "deny_if": [{ "path": "args.toString", "op": "hasOwnProperty" }] } } }',
    ],
  ])('answers for %s', (_, text) => useEverything(viewOf(text), { line: 0, character: text.length }));

  it('answers for a policy of 4 MiB', { timeout: 60_000 }, () => {
    const entries = Array.from({ length: 9_000 }, (_, index) => `"tool_${index}": { "reason": "${'x'.repeat(400)}" }`);
    const view = viewOf(`{ "version": "1", "default": "deny", "tools": { ${entries.join(',\n')} } }`);
    useEverything(view, { line: 4_000, character: 3 });
  });

  it('answers for tools with hostile schemas and names', () => {
    const loop: Record<string, unknown> = { type: 'object', properties: { self: { $ref: '#' } } };
    const hostile: readonly Tool[] = [
      { name: '__proto__', inputSchema: loop },
      { name: 'transfer_funds', inputSchema: { $ref: '#/nowhere' }, description: '\u202e\u0000' },
      { name: 'transfer_funds', inputSchema: 'no schema' },
      { name: '\ud800', inputSchema: null },
      { name: 'x'.repeat(100_000), inputSchema: { properties: { [`${'"'.repeat(2_000)}`]: true } } },
    ];
    for (let character = 0; character < 40; character++)
      useEverything(viewOf(POLICY), { line: 1, character }, known(hostile));
  });

  it('offers no name of a hundred thousand letters', () => {
    const view = viewOf('{ "tools": { "" } }');
    const { items } = complete(view, { line: 0, character: 14 }, known([{ name: 'x'.repeat(100_000) }]), {
      snippets: false,
      markup: MarkupKind.PlainText,
    });
    expect(items).toEqual([]);
  });
});
