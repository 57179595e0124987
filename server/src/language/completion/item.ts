/** Fits a candidate into the text: quotes, colon, missing commas, the range that it replaces. */
import { InsertTextFormat, TextEdit, type Command, type CompletionItem, type MarkupKind } from 'vscode-languageserver';
import type { Cursor } from '../document/cursor.ts';
import type { TextView } from '../document/text-view.ts';
import { render } from '../document/prose.ts';
import type { Candidate } from './candidate.ts';
import { asPlain, asSnippet, type Piece } from './insertion.ts';

/** What the client can show and do. */
export interface ItemOptions {
  readonly snippets: boolean;
  readonly markup: MarkupKind;
  /** Opens the suggestions again. */
  readonly suggestCommand?: string;
}

/** Where the item's documentation comes from when it is looked at. */
export interface ItemData {
  readonly uri: string;
  readonly tool: string;
}

export function toItem(
  candidate: Candidate,
  view: TextView,
  cursor: Cursor,
  options: ItemOptions,
  order: number,
): CompletionItem {
  const { continues, tool } = candidate;
  return {
    label: candidate.label,
    kind: candidate.kind,
    filterText: filterText(candidate, cursor, view.text),
    sortText: `${candidate.rank}${String(order).padStart(5, '0')}`,
    ...edits(candidate, view, cursor, options.snippets),
    ...words(candidate, options.markup),
    ...(tool === undefined ? {} : { data: { uri: view.uri, tool } satisfies ItemData }),
    ...(continues && options.suggestCommand ? { command: again(options.suggestCommand) } : {}),
  };
}

type Edits = Pick<CompletionItem, 'textEdit' | 'insertTextFormat' | 'additionalTextEdits'>;

/** A missing comma that stands right where the insertion begins is part of it: edits of one item must not touch. */
function edits(candidate: Candidate, view: TextView, cursor: Cursor, snippets: boolean): Edits {
  const { commaBefore, replace } = cursor;
  const pieces = fitted(candidate, cursor, commaBefore === replace.start);
  const isSnippet = snippets && pieces.some((piece) => typeof piece !== 'string');
  const elsewhere = commaBefore !== undefined && commaBefore !== replace.start;
  return {
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: TextEdit.replace(view.range(replace), isSnippet ? asSnippet(pieces) : asPlain(pieces)),
    ...(elsewhere ? { additionalTextEdits: [comma(view, commaBefore)] } : {}),
  };
}

type Words = Pick<CompletionItem, 'labelDetails' | 'detail' | 'documentation'>;

function words({ note, detail, documentation }: Candidate, markup: MarkupKind): Words {
  return {
    ...(note === undefined ? {} : { labelDetails: { description: note } }),
    ...(detail === undefined || detail === '' ? {} : { detail }),
    ...(documentation?.length ? { documentation: render(documentation, markup) } : {}),
  };
}

function fitted(candidate: Candidate, cursor: Cursor, commaFirst: boolean): readonly Piece[] {
  const value = candidate.value === undefined || cursor.colonAfter ? [] : [': ', ...candidate.value];
  return [...(commaFirst ? [', '] : []), ...candidate.text, ...value, ...(cursor.commaAfter ? [','] : [])];
}

/** Editors compare this with the replaced text up to the cursor, so it starts with a quote exactly where that does. */
function filterText(candidate: Candidate, cursor: Cursor, text: string): string {
  const startsQuoted = text[cursor.replace.start] === '"' && cursor.replace.end > cursor.replace.start;
  const isText = asPlain(candidate.text).startsWith('"');
  return startsQuoted && isText ? JSON.stringify(candidate.filter) : candidate.filter;
}

function comma(view: TextView, offset: number): TextEdit {
  return TextEdit.insert(view.range({ start: offset, end: offset }).start, ',');
}

function again(command: string): Command {
  return { title: 'Suggest', command };
}
