/** The features that see only the text: outline, folding, selection, formatting. */
import type { DocumentSymbol, Range, SelectionRange } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { documentSymbols } from '../../server/src/language/features/document-symbols.ts';
import { foldingRanges } from '../../server/src/language/features/folding.ts';
import { formatPolicy } from '../../server/src/language/features/formatting.ts';
import { selectionRanges } from '../../server/src/language/features/selection-ranges.ts';
import { marked } from './support/marker.ts';
import { viewOf } from './support/view.ts';

const POLICY = `{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {
      "deny_if": [
        { "path": "args.amount", "op": "gt", "value": 100 },
        { "conditions": [] }
      ],
      "limits": [{ "counter": "pay_rate", "window": "day", "max": 5 }]
    }
  }
}
`;

describe('outline', () => {
  const outline = ({ name, children = [] }: DocumentSymbol): unknown =>
    children.length > 0 ? { [name]: children.map(outline) } : name;

  it('shows sections, tools, conditions and limits', () => {
    expect(documentSymbols(viewOf(POLICY)).map(outline)).toEqual([
      'version',
      'default',
      { tools: [{ pay: [{ deny_if: ['args.amount gt 100', 'group'] }, { limits: ['pay_rate'] }] }] },
    ]);
  });

  it('stays readable in a broken text', () => {
    expect(documentSymbols(viewOf('{ "": 1, "tools": { "a": { "deny_if": [{ "path": ')).map(outline)).toEqual([
      '""',
      { tools: [{ a: [{ deny_if: ['group'] }] }] },
    ]);
  });
});

describe('folding', () => {
  it('folds what spans lines and leaves the closing bracket', () => {
    expect(foldingRanges(viewOf(POLICY)).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [0, 11],
      [3, 10],
      [4, 9],
      [5, 7],
    ]);
  });
});

describe('selection', () => {
  it('grows from the token outwards', () => {
    const { text, offset } = marked('{ "tools": { "pay": { "action": "de|ny" } } }');
    const view = viewOf(text);
    const [selection] = selectionRanges(view, [view.range({ start: offset, end: offset }).start]);
    expect(texts(text, selection)).toEqual([
      '"deny"',
      '"action": "deny"',
      ' "action": "deny" ',
      '{ "action": "deny" }',
      '"pay": { "action": "deny" }',
      ' "pay": { "action": "deny" } ',
      '{ "pay": { "action": "deny" } }',
      '"tools": { "pay": { "action": "deny" } }',
      ' "tools": { "pay": { "action": "deny" } } ',
      text,
    ]);
  });

  it('has a range for every position, also in an empty text', () => {
    expect(selectionRanges(viewOf(''), [{ line: 0, character: 0 }])).toHaveLength(1);
  });

  function texts(text: string, selection: SelectionRange | undefined): string[] {
    const document = TextDocument.create('', 'json', 0, text);
    const found: string[] = [];
    for (let next = selection; next !== undefined; next = next.parent) found.push(document.getText(next.range));
    return found;
  }
});

describe('formatting', () => {
  const options = { tabSize: 2, insertSpaces: true };
  const formatted = (text: string, range?: Range): string =>
    TextDocument.applyEdits(TextDocument.create('', 'json', 0, text), formatPolicy(viewOf(text), options, range));

  it('indents and keeps the meaning', () => {
    expect(formatted('{"version":"1","hide":["a"]}')).toBe('{\n  "version": "1",\n  "hide": [\n    "a"\n  ]\n}');
  });

  it('keeps CRLF', () => {
    expect(formatted('{\r\n"version":"1"}')).toBe('{\r\n  "version": "1"\r\n}');
  });

  it('formats a part alone', () => {
    const text = '{\n  "version":"1",\n"default":"deny"\n}';
    const firstMember = { start: { line: 1, character: 0 }, end: { line: 1, character: 16 } };
    expect(formatted(text, firstMember)).toBe('{\n  "version": "1",\n"default":"deny"\n}');
  });
});
