/** Policies and tools for tests of single features, without a connection. */
import { MarkupKind, type CompletionItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Catalog, Tool } from '../../../server/src/catalog/tool.ts';
import type { ItemOptions } from '../../../server/src/language/completion/item.ts';
import { PolicyView } from '../../../server/src/language/document/policy-view.ts';
import { complete } from '../../../server/src/language/features/completion.ts';
import type { KnownTools } from '../../../server/src/language/tools/known-tools.ts';
import { marked } from './marker.ts';

export function viewOf(text: string, uri = 'file:///project/policy.json'): PolicyView {
  return new PolicyView(TextDocument.create(uri, 'mcp-policy', 1, text));
}

export function known(tools: readonly Tool[], server = 'files'): KnownTools {
  const catalog: Catalog = { server, tools, readAt: 0, source: 'live' };
  return { server, catalog, serverNames: [server], state: { state: 'live' } };
}

/** A small server with one tool of each kind that the features tell apart. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'read_file',
    description: 'Reads a file.\nReturns its text.',
    inputSchema: {
      type: 'object',
      required: ['path'],
      properties: {
        path: { type: 'string', description: 'Where the file is.' },
        encoding: { enum: ['utf8', 'latin1'] },
        'line range': { type: 'array', items: { type: 'object', properties: { from: { type: 'integer' } } } },
      },
    },
  },
  {
    name: 'write_file',
    description: 'Writes a file.',
    inputSchema: { type: 'object', properties: { path: { type: 'string' }, overwrite: { type: 'boolean' } } },
  },
  { name: 'delete_file', description: 'Deletes a file for good.', inputSchema: { type: 'object', properties: {} } },
  {
    name: 'transfer_funds',
    description: 'Transfers money to an account.',
    inputSchema: {
      type: 'object',
      required: ['amount'],
      properties: { amount: { type: 'number', minimum: 1, maximum: 5000, default: 10 }, currency: { const: 'EUR' } },
    },
  },
];

const OPTIONS: ItemOptions = { snippets: false, markup: MarkupKind.PlainText };

/** The suggestions at the `|` of a policy text. */
export function suggest(markedText: string, tools = known(TOOLS), options = OPTIONS): Suggestions {
  const { text, offset } = marked(markedText);
  const view = viewOf(text);
  const position = view.range({ start: offset, end: offset }).start;
  const { items, isIncomplete } = complete(view, position, tools, options);
  return {
    items,
    isIncomplete,
    labels: items.toSorted((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)).map(({ label }) => label),
    accept: (label) =>
      accept(
        view,
        items.find((item) => item.label === label),
      ),
  };
}

export interface Suggestions {
  readonly items: readonly CompletionItem[];
  readonly isIncomplete: boolean;
  /** In the order in which an editor shows them. */
  readonly labels: readonly string[];
  /** The text after accepting the suggestion, as a client without snippets does it. */
  accept(label: string): string;
}

function accept(view: PolicyView, item: CompletionItem | undefined): string {
  if (item?.textEdit === undefined || !('range' in item.textEdit)) throw new Error('There is no such suggestion.');
  const edits = [...(item.additionalTextEdits ?? []), item.textEdit];
  return TextDocument.applyEdits(TextDocument.create(view.uri, 'json', 0, view.text), edits);
}
