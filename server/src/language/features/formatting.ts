/** Formatting, as VS Code formats JSON. White space only: the policy means the same afterwards. */
import { format } from 'jsonc-parser';
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver';
import type { TextView } from '../document/text-view.ts';

/** @param range - The part to format; absent: all of it. */
export function formatPolicy(view: TextView, options: FormattingOptions, range?: Range): TextEdit[] {
  const span = range && view.spanOf(range);
  const edits = format(view.text, span && { offset: span.start, length: span.end - span.start }, {
    tabSize: options.tabSize,
    insertSpaces: options.insertSpaces,
    insertFinalNewline: options.insertFinalNewline ?? false,
    eol: view.text.includes('\r\n') ? '\r\n' : '\n',
  });
  return edits.map(({ offset, length, content }) => ({
    range: view.range({ start: offset, end: offset + length }),
    newText: content,
  }));
}
